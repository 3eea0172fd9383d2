package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Frames;
import io.mysqlproxy.script.lua.call.Positions;
import io.mysqlproxy.script.lua.text.Latin1;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Varargs;

/**
 * {@code debug}, as far as LuaJ lets it without its own, slow and noisy, debug library.
 *
 * <p>Which functions run is known from {@link Frames}, but not yet in which line they are.
 */
final class DebugLibrary {
    private final EnvironmentLibrary environments;

    private DebugLibrary(EnvironmentLibrary environments) {
        this.environments = environments;
    }

    static void open(Globals globals, EnvironmentLibrary environments) {
        DebugLibrary library = new DebugLibrary(environments);
        LuaTable debug = new LuaTable();
        Builtin.add(debug, "getinfo", DebugLibrary::getinfo);
        Builtin.add(debug, "traceback", DebugLibrary::traceback);
        Builtin.add(debug, "getfenv", a -> library.environments.get(a.get(1)));
        debug.rawset("setfenv", globals.get("setfenv"));
        Builtin.add(debug, "getmetatable", a -> metatable(a.any(1)));
        Builtin.add(debug, "setmetatable", a -> a.get(1).setmetatable(a.missing(2) ? null : a.table(2)));
        Builtin.add(debug, "gethook", a -> LuaValue.NIL);
        Builtin.add(debug, "sethook", a -> LuaValue.NONE);
        globals.rawset("debug", debug);
    }

    private static LuaValue metatable(LuaValue value) {
        LuaValue metatable = value.getmetatable();
        return metatable == null ? LuaValue.NIL : metatable;
    }

    private static Varargs getinfo(Arguments arguments) {
        LuaValue given = arguments.get(1);
        LuaValue function = given.isfunction() ? given : Frames.current().at((int) arguments.integer(1));
        if (function == null) {
            return LuaValue.NIL;
        }
        LuaTable info = new LuaTable();
        info.rawset("func", function);
        info.rawset("currentline", -1);
        info.rawset("namewhat", Latin1.string(""));
        if (function instanceof LuaClosure closure) {
            describe(info, closure.p);
        } else {
            info.rawset("what", Latin1.string("C"));
            info.rawset("source", Latin1.string("=[C]"));
            info.rawset("short_src", Latin1.string("[C]"));
            info.rawset("linedefined", -1);
        }
        return info;
    }

    private static void describe(LuaTable info, Prototype prototype) {
        LuaString source = prototype.source;
        info.rawset("what", Latin1.string(prototype.linedefined == 0 ? "main" : "Lua"));
        info.rawset("source", source);
        info.rawset("short_src", Positions.shortSource(source));
        info.rawset("linedefined", prototype.linedefined);
        info.rawset("lastlinedefined", prototype.lastlinedefined);
        info.rawset("nups", prototype.upvalues.length);
    }

    private static Varargs traceback(Arguments arguments) {
        LuaValue message = arguments.get(1);
        if (!message.isnil() && !message.isstring()) {
            return message;
        }
        StringBuilder text = new StringBuilder(message.isnil() ? "" : Latin1.text(message.strvalue()) + "\n");
        text.append("stack traceback:");
        Frames frames = Frames.current();
        for (int level = (int) arguments.integer(2, 1); frames.at(level) != null; level++) {
            Prototype prototype = frames.at(level).p;
            String source = Latin1.text(Positions.shortSource(prototype.source));
            text.append("\n\t").append(source).append(": in function <").append(source);
            text.append(':').append(prototype.linedefined).append('>');
        }
        return Latin1.string(text.toString());
    }
}
