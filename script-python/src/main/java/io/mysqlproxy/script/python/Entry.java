package io.mysqlproxy.script.python;

import org.python.core.PyFrame;
import org.python.core.ThreadState;
import org.python.core.TraceFunction;

/**
 * One way into the interpreter. On leaving, the thread's books are as they were: an endless recursion or a caught exception
 * must not show in the next call.
 */
final class Entry {
    private final ThreadState thread;
    private final PyFrame frame;
    private final TraceFunction watch;
    private final int depth;

    Entry(ThreadState thread, TimeLimit limit) {
        this.thread = thread;
        frame = thread.frame;
        depth = thread.call_depth;
        watch = thread.tracefunc;
        limit.start(thread);
    }

    void leave() {
        thread.frame = frame;
        thread.call_depth = depth;
        thread.exception = null;
        thread.tracefunc = watch;
    }
}
