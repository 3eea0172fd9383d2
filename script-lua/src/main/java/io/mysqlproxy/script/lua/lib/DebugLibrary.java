package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Frame;
import io.mysqlproxy.script.lua.call.Frames;
import io.mysqlproxy.script.lua.call.FunctionInfo;
import io.mysqlproxy.script.lua.call.Traceback;
import io.mysqlproxy.script.lua.coroutine.Coroutine;
import io.mysqlproxy.script.lua.text.Latin1;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code debug}: who runs and where. Hooks are accepted and never called. */
final class DebugLibrary {
    private static final String ALL = "flnSu";

    private final Globals globals;
    private final LuaTable registry = new LuaTable();

    private DebugLibrary(Globals globals) {
        this.globals = globals;
    }

    static LuaTable table(Globals globals, EnvironmentLibrary environments) {
        DebugLibrary library = new DebugLibrary(globals);
        LuaTable debug = new LuaTable();
        Builtin.add(debug, "getinfo", library::getinfo);
        Builtin.add(debug, "traceback", library::traceback);
        Builtin.add(debug, "getfenv", a -> environments.get(a.get(1)));
        debug.rawset("setfenv", globals.get("setfenv"));
        Builtin.add(debug, "getmetatable", a -> orNil(a.any(1).getmetatable()));
        Builtin.add(debug, "setmetatable", DebugLibrary::setmetatable);
        Builtin.add(debug, "getregistry", a -> library.registry);
        Builtin.add(debug, "getlocal", Locals::get);
        Builtin.add(debug, "setlocal", Locals::set);
        Builtin.add(debug, "getupvalue", Locals::getUpvalue);
        Builtin.add(debug, "setupvalue", Locals::setUpvalue);
        Builtin.add(debug, "gethook", a -> LuaValue.varargsOf(LuaValue.NIL, LuaValue.EMPTYSTRING, LuaValue.ZERO));
        Builtin.add(debug, "sethook", a -> LuaValue.NONE);
        return debug;
    }

    private static LuaValue orNil(LuaValue metatable) {
        return metatable == null ? LuaValue.NIL : metatable;
    }

    private static Varargs setmetatable(Arguments arguments) {
        LuaValue metatable = arguments.get(2);
        if (!metatable.isnil() && !metatable.istable()) {
            throw arguments.bad(2, "nil or table expected");
        }
        LuaValue value = arguments.get(1);
        if (value instanceof LuaTable || value instanceof LuaUserdata) {
            value.setmetatable(metatable.isnil() ? null : metatable);
        }
        return LuaValue.TRUE;
    }

    private Varargs getinfo(Arguments arguments) {
        int first = arguments.get(1) instanceof Coroutine ? 2 : 1;
        Frames frames = frames(arguments);
        String what = arguments.missing(first + 1) ? ALL : Latin1.text(arguments.string(first + 1));
        LuaValue given = arguments.get(first);
        if (!what.matches("[SlnufL]*")) {
            throw arguments.bad(first + 1, "invalid option");
        }
        if (given instanceof LuaFunction function) {
            return FunctionInfo.of(function).table(what);
        }
        if (!given.isnumber()) {
            throw arguments.bad(first, "function or level expected");
        }
        int level = arguments.small(first);
        Frame frame = frames == null ? null : frames.at(level);
        return frame == null ? LuaValue.NIL : FunctionInfo.of(frames, level).table(what);
    }

    private Varargs traceback(Arguments arguments) {
        int first = arguments.get(1) instanceof Coroutine ? 2 : 1;
        LuaValue message = arguments.get(first);
        if (arguments.count() >= first && !message.isstring()) {
            return message;
        }
        LuaValue level = arguments.get(first + 1);
        int from = level.isnumber() ? level.toint() : 2 - first;
        String before = arguments.count() < first ? "" : Latin1.text(message.strvalue()) + "\n";
        return Latin1.string(before + Traceback.of(frames(arguments), from));
    }

    private Frames frames(Arguments arguments) {
        return arguments.get(1) instanceof Coroutine coroutine && coroutine != globals.running
                ? coroutine.frames()
                : Frames.current();
    }
}
