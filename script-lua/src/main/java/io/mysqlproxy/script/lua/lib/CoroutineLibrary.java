package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Failures;
import io.mysqlproxy.script.lua.call.Fault;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code coroutine}: errors that keep their value, and are not lost if the stack runs out. */
final class CoroutineLibrary {
    private CoroutineLibrary() {}

    static void open(Globals globals) {
        LuaTable coroutine = globals.get("coroutine").checktable();
        Builtin.add(coroutine, "create", a -> create(globals, a.function(1)));
        Builtin.add(coroutine, "resume", a -> {
            if (a.get(1) instanceof LuaThread thread) {
                return resume(thread, a.values().subargs(2));
            }
            throw a.bad(1, "coroutine expected");
        });
        Builtin.add(coroutine, "wrap", a -> {
            LuaThread thread = create(globals, a.function(1));
            return new Builtin("wrap", b -> orThrow(resume(thread, b.values())));
        });
        Builtin.add(coroutine, "running", a -> globals.running.isMainThread() ? LuaValue.NIL : globals.running);
    }

    private static LuaThread create(Globals globals, LuaFunction function) {
        return new LuaThread(globals, new Guard(function));
    }

    private static Varargs resume(LuaThread thread, Varargs arguments) {
        Varargs results = thread.resume(arguments);
        return thread.state.function instanceof Guard guard && guard.thrown != null ? guard.failure(results) : results;
    }

    private static Varargs orThrow(Varargs results) {
        if (!results.toboolean(1)) {
            throw new Fault(results.arg(2), 0);
        }
        return results.subargs(2);
    }

    /** The function of a coroutine: keeps what was thrown, of which LuaJ passes on only the text. */
    private static final class Guard extends VarArgFunction {
        private final LuaFunction function;
        private Throwable thrown;

        Guard(LuaFunction function) {
            this.function = function;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            try {
                return function.invoke(arguments);
            } catch (Throwable t) {
                thrown = t;
                return LuaValue.NONE;
            }
        }

        /** The results of the resume in which the coroutine failed; later ones are LuaJ's. */
        Varargs failure(Varargs results) {
            Throwable failed = thrown;
            thrown = null;
            Failures.passOn(failed);
            return LuaValue.varargsOf(LuaValue.FALSE, Failures.value(failed));
        }
    }
}
