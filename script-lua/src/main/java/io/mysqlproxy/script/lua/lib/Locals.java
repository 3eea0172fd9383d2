package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Frame;
import io.mysqlproxy.script.lua.call.Frames;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code debug} that look into running functions and closures. */
final class Locals {
    private Locals() {}

    static Varargs get(Arguments arguments) {
        Frame frame = frame(arguments);
        int index = arguments.small(2);
        LuaString name = frame.localName(index);
        return name == null ? LuaValue.NIL : LuaValue.varargsOf(name, frame.local(index));
    }

    static Varargs set(Arguments arguments) {
        Frame frame = frame(arguments);
        int index = arguments.small(2);
        LuaString name = frame.localName(index);
        if (name == null) {
            return LuaValue.NIL;
        }
        frame.setLocal(index, arguments.any(3));
        return name;
    }

    static Varargs getUpvalue(Arguments arguments) {
        int index = index(arguments);
        if (index < 0 || !(arguments.function(1) instanceof LuaClosure closure)) {
            return LuaValue.NONE;
        }
        return LuaValue.varargsOf(closure.p.upvalues[index].name, closure.upValues[index].getValue());
    }

    static Varargs setUpvalue(Arguments arguments) {
        LuaValue value = arguments.any(3);
        int index = index(arguments);
        if (index < 0 || !(arguments.function(1) instanceof LuaClosure closure)) {
            return LuaValue.NONE;
        }
        closure.upValues[index].setValue(value);
        return closure.p.upvalues[index].name;
    }

    /** Where LuaJ keeps the upvalue that a script counts; {@code _ENV} is none. */
    private static int index(Arguments arguments) {
        int left = arguments.small(2);
        if (arguments.function(1) instanceof LuaClosure closure && left > 0) {
            for (int i = 0; i < closure.p.upvalues.length; i++) {
                if (!LuaValue.ENV.equals(closure.p.upvalues[i].name) && --left == 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static Frame frame(Arguments arguments) {
        Frame frame = Frames.current().at(arguments.small(1));
        if (frame == null || Frames.isGivenUp(frame)) {
            throw arguments.bad(1, "level out of range");
        }
        return frame;
    }
}
