package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Failures;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.call.Frames;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code error}, {@code pcall} and {@code xpcall}. */
final class ProtectedCalls {
    private ProtectedCalls() {}

    static void open(LuaTable globals) {
        Builtin.add(globals, "error", ProtectedCalls::error);
        Builtin.add(globals, "pcall", a -> guarded(a.any(1), a.values().subargs(2), null));
        Builtin.add(globals, "xpcall", a -> guarded(a.get(1), LuaValue.NONE, a.any(2)));
    }

    private static Varargs error(Arguments arguments) {
        int level = arguments.small(2, 1);
        LuaValue value = arguments.get(1);
        boolean located = level > 0 && value.isstring();
        throw new Fault(located ? value.strvalue() : value, located ? level : 0);
    }

    private static Varargs guarded(LuaValue function, Varargs arguments, LuaValue handler) {
        Frames frames = Frames.current();
        int depth = frames.depth;
        LuaValue former = frames.exchangeHandler(handler);
        try {
            return LuaValue.varargsOf(LuaValue.TRUE, called(function).invoke(arguments));
        } catch (Throwable thrown) {
            // also where the stack ran out before a function could take itself off
            frames.depth = depth;
            Failures.passOn(thrown);
            return LuaValue.varargsOf(LuaValue.FALSE, Failures.handled(thrown, handler));
        } finally {
            frames.exchangeHandler(former);
        }
    }

    private static LuaValue called(LuaValue function) {
        if (!function.isfunction() && !function.metatag(LuaValue.CALL).isfunction()) {
            throw new Fault(LuaValue.valueOf("attempt to call a " + function.typename() + " value"), 0);
        }
        return function;
    }
}
