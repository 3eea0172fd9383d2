package io.mysqlproxy.script.python;

import java.util.concurrent.TimeUnit;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFrame;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.ThreadState;
import org.python.core.TraceFunction;

/**
 * How long a body run or a hook may take: where Python would tell a debugger of a line or a call, the clock is looked at.
 *
 * <p>Without a limit nothing of this is in the way. What is one step to Python ends late or never: a list comprehension, a
 * match of a regular expression, a sleep.
 */
final class TimeLimit {
    private final int milliseconds;

    /** @param milliseconds for each call; 0 for no limit */
    TimeLimit(int milliseconds) {
        this.milliseconds = milliseconds;
    }

    /** From now on the calls of a thread are watched, if there is a limit and they are not yet. */
    void start(ThreadState thread) {
        if (milliseconds > 0 && !(thread.tracefunc instanceof Watch)) {
            thread.tracefunc = new Watch(milliseconds);
        }
    }

    private static PyObject exception() {
        PyStringMap members = new PyStringMap();
        members.__setitem__("__module__", new PyString("exceptions"));
        return Py.makeClass("ScriptTimeout", new PyObject[] {Py.BaseException}, members);
    }

    /** Once its time is over it raises at every line, so a handler that goes on does not get far. */
    private static final class Watch extends TraceFunction {
        /** No {@code Exception}, so that {@code except Exception} does not hold it up. */
        private static final PyObject EXCEPTION = exception();

        private final int milliseconds;
        private final long end;

        Watch(int milliseconds) {
            this.milliseconds = milliseconds;
            this.end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        }

        private TraceFunction check() {
            if (System.nanoTime() - end > 0) {
                throw new PyException(EXCEPTION, new PyString("script timed out after " + milliseconds + " ms"));
            }
            return this;
        }

        @Override
        public TraceFunction traceCall(PyFrame frame) {
            return check();
        }

        @Override
        public TraceFunction traceLine(PyFrame frame, int line) {
            return check();
        }

        @Override
        public TraceFunction traceReturn(PyFrame frame, PyObject result) {
            return this;
        }

        @Override
        public TraceFunction traceException(PyFrame frame, PyException raised) {
            return this;
        }
    }
}
