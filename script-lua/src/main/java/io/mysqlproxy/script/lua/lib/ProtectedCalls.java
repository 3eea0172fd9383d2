package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Failures;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.call.Frames;
import java.util.function.Function;
import java.util.function.Supplier;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code error}, {@code pcall} and {@code xpcall}. */
final class ProtectedCalls {
    private ProtectedCalls() {}

    static void open(LuaTable globals) {
        Builtin.add(globals, "error", ProtectedCalls::error);
        Builtin.add(globals, "pcall", a -> {
            LuaValue function = a.any(1);
            return guarded(() -> function.invoke(a.values().subargs(2)), e -> e);
        });
        Builtin.add(globals, "xpcall", a -> {
            LuaValue handler = a.any(2);
            return guarded(() -> a.get(1).invoke(), e -> handler.call(e.arg1()));
        });
    }

    private static Varargs error(Arguments arguments) {
        LuaValue value = arguments.get(1);
        int level = (int) arguments.integer(2, 1);
        throw new Fault(value, value.isstring() ? level : 0);
    }

    private static Varargs guarded(Supplier<Varargs> call, Function<LuaValue, Varargs> handler) {
        Frames frames = Frames.current();
        int depth = frames.depth;
        try {
            return LuaValue.varargsOf(LuaValue.TRUE, call.get());
        } catch (Throwable thrown) {
            // also where the stack ran out before a function could take itself off
            frames.depth = depth;
            Failures.passOn(thrown);
            return LuaValue.varargsOf(LuaValue.FALSE, handler.apply(Failures.value(thrown)));
        }
    }
}
