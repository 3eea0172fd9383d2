package io.mysqlproxy.script.lua.call;

import io.mysqlproxy.script.lua.text.Latin1;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Upvaldesc;

/**
 * What {@code debug.getinfo} tells of a function.
 *
 * @param function the function; null where one has given up its place
 * @param line the line it is at, or -1
 * @param name what its caller calls it, or null
 */
public record FunctionInfo(LuaFunction function, int line, Variable name) {
    /** One that may not be running. */
    public static FunctionInfo of(LuaFunction function) {
        return new FunctionInfo(function, -1, null);
    }

    /** The one at a level where there is one. */
    public static FunctionInfo of(Frames frames, int level) {
        Frame frame = frames.at(level);
        return new FunctionInfo(frame.function(), frame.line(), frames.nameOf(level));
    }

    /** {@code main}, {@code Lua}, {@code C} or {@code tail}. */
    String what() {
        if (function instanceof LuaClosure closure) {
            return closure.p.linedefined == 0 ? "main" : "Lua";
        }
        return function == null ? "tail" : "C";
    }

    LuaString source() {
        if (function instanceof LuaClosure closure) {
            return closure.p.source;
        }
        return LuaValue.valueOf(function == null ? "=(tail call)" : "=[C]");
    }

    int lineDefined() {
        return function instanceof LuaClosure closure ? closure.p.linedefined : -1;
    }

    /** The table for {@code getinfo} with the parts that its letters name. */
    public LuaTable table(String parts) {
        LuaTable info = new LuaTable();
        if (parts.indexOf('S') >= 0) {
            addSource(info);
        }
        if (parts.indexOf('l') >= 0) {
            info.rawset("currentline", line);
        }
        if (parts.indexOf('u') >= 0) {
            info.rawset("nups", upvalues());
        }
        if (parts.indexOf('n') >= 0) {
            info.rawset("name", name == null ? LuaValue.NIL : LuaString.valueOf(name.name()));
            info.rawset("namewhat", Latin1.string(name == null ? "" : name.kind()));
        }
        if (parts.indexOf('f') >= 0) {
            info.rawset("func", function == null ? LuaValue.NIL : function);
        }
        if (parts.indexOf('L') >= 0 && function instanceof LuaClosure closure) {
            info.rawset("activelines", lines(closure.p));
        }
        return info;
    }

    private void addSource(LuaTable info) {
        info.rawset("source", source());
        info.rawset("short_src", Positions.shortSource(source()));
        info.rawset("what", Latin1.string(what()));
        info.rawset("linedefined", lineDefined());
        info.rawset("lastlinedefined", function instanceof LuaClosure closure ? closure.p.lastlinedefined : -1);
    }

    private int upvalues() {
        int count = 0;
        if (function instanceof LuaClosure closure) {
            for (Upvaldesc upvalue : closure.p.upvalues) {
                count += LuaValue.ENV.equals(upvalue.name) ? 0 : 1;
            }
        }
        return count;
    }

    private static LuaTable lines(Prototype prototype) {
        LuaTable lines = new LuaTable();
        for (int line : prototype.lineinfo) {
            lines.rawset(line, LuaValue.TRUE);
        }
        return lines;
    }
}
