package io.mysqlproxy.script.python.host;

import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptExit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyInteger;
import org.python.core.PyObject;

/** Turns what Python raises into what the core knows. */
public final class PyFailures {
    private static final int LOW_BYTE = 0xFF;

    /** The heading and twenty calls of two lines each. */
    private static final int FIRST_LINES = 41;

    private static final int LAST_LINES = 41;

    private PyFailures() {}

    /**
     * The failure for what a script raised; {@code SystemExit} is none.
     *
     * @throws ScriptExit for {@code SystemExit}
     */
    public static ScriptException of(Throwable raised) {
        if (!(raised instanceof PyException failure)) {
            return new ScriptException("RuntimeError: maximum recursion depth exceeded", null, raised);
        }
        failure.normalize();
        if (failure.match(Py.SystemExit)) {
            throw exit(failure);
        }
        String trace = trace(failure);
        // not the Python exception as the cause: whoever printed that would run the script's code, without the lock
        return new ScriptException(message(failure, trace), trace, javaCause(failure));
    }

    private static Throwable javaCause(PyException failure) {
        return failure.value.__tojava__(Throwable.class) instanceof Throwable thrown ? thrown : null;
    }

    private static ScriptExit exit(PyException failure) {
        PyObject code = failure.value.__findattr__("code");
        if (code == null || code == Py.None) {
            return new ScriptExit(0);
        } else if (code instanceof PyInteger status) {
            return new ScriptExit(status.getValue() & LOW_BYTE);
        }
        System.err.println(readable(code.__str__().getString()));
        return new ScriptExit(1);
    }

    private static String trace(PyException failure) {
        try {
            String trace = readable(failure.toString());
            // Jython encodes the file name of a syntax error once more
            return failure.match(Py.SyntaxError) ? readable(trace) : shortened(trace);
        } catch (PyException unprintable) {
            return failure.traceback == null ? null : readable(failure.traceback.dumpStack());
        }
    }

    /** A recursion that has no end shows in its first and last calls; the thousand between them are the same. */
    private static String shortened(String trace) {
        List<String> lines = trace.lines().toList();
        int left = lines.size() - FIRST_LINES - LAST_LINES;
        if (left <= 0) {
            return trace;
        }
        return String.join("\n", lines.subList(0, FIRST_LINES))
                + "\n  ... " + left + " lines more ...\n"
                + String.join("\n", lines.subList(lines.size() - LAST_LINES, lines.size()));
    }

    /** The last line of the traceback, or all lines of a message that has several. */
    private static String message(PyException failure, String trace) {
        if (failure.match(Py.SyntaxError)) {
            String text = trace.strip();
            return text.substring(text.lastIndexOf('\n') + 1);
        }
        try {
            return readable(Py.formatException(failure.type, failure.value)).strip();
        } catch (PyException unprintable) {
            return PyException.exceptionClassName(failure.type);
        }
    }

    private static String readable(String text) {
        return text.lines().map(PyFailures::decode).collect(Collectors.joining("\n"));
    }

    /** Texts of Python 2 are bytes, one in each character, and in practice UTF-8; what is not stays as it is. */
    private static String decode(String line) {
        if (line.chars().anyMatch(c -> c > LOW_BYTE)) {
            return line;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            return line;
        }
    }
}
