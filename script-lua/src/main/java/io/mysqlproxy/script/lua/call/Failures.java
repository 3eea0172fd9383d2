package io.mysqlproxy.script.lua.call;

import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptExit;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** What becomes of anything that Java throws below a script. */
public final class Failures {
    private Failures() {}

    /** The error value for what was thrown; nil is possible. */
    public static LuaValue value(Throwable thrown) {
        if (thrown instanceof LuaError error) {
            LuaValue value = error.getMessageObject();
            return value == null ? LuaValue.NIL : value;
        }
        if (thrown instanceof StackOverflowError) {
            return Frames.current().overflow();
        }
        return LuaValue.valueOf(thrown instanceof OutOfMemoryError ? "not enough memory" : thrown.toString());
    }

    /** The same for {@code xpcall}, whose handler may not have been called where the error arose. */
    public static LuaValue handled(Throwable thrown, LuaValue handler) {
        if (handler == null) {
            return value(thrown);
        }
        Fault fault = thrown instanceof Fault known ? known : new Fault(value(thrown), 0);
        fault.handle(handler, Frames.current());
        return fault.getMessageObject();
    }

    /** Throws on what a script must not catch: the wish to end the process, its time limit, and the end of a coroutine. */
    public static void passOn(Throwable thrown) {
        Throwable inner = thrown instanceof LuaError && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (inner instanceof ScriptExit exit) {
            throw exit;
        }
        if (inner instanceof Error error
                && !(error instanceof StackOverflowError)
                && !(error instanceof OutOfMemoryError)) {
            throw error;
        }
    }

    /** The failure of a body run or a hook. An error value that is no text is shown as C shows a null pointer. */
    public static ScriptException exception(Throwable thrown) {
        if (thrown instanceof ScriptTimeout) {
            return new ScriptException(thrown.getMessage(), null, thrown);
        }
        passOn(thrown);
        LuaValue value = value(thrown);
        String message = value.isstring() ? Positions.text(value.strvalue()) : "(null)";
        return new ScriptException(message, null, thrown);
    }
}
