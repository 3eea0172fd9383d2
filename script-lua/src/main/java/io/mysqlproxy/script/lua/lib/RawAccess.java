package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Global functions that look at tables and metatables. */
final class RawAccess {
    private static final int MOST_RESULTS = 1_000_000;

    private RawAccess() {}

    static void open(Globals globals) {
        Builtin next = new Builtin("next", RawAccess::next);
        globals.rawset("next", next);
        Builtin.add(globals, "pairs", a -> LuaValue.varargsOf(next, a.table(1), LuaValue.NIL));
        Builtin step = new Builtin("ipairs_aux", RawAccess::nextIndex);
        Builtin.add(globals, "ipairs", a -> LuaValue.varargsOf(step, a.table(1), LuaValue.ZERO));
        Builtin.add(globals, "rawget", a -> a.table(1).rawget(a.any(2)));
        Builtin.add(globals, "rawset", RawAccess::rawset);
        Builtin.add(globals, "rawequal", a -> LuaValue.valueOf(a.any(1).raweq(a.any(2))));
        Builtin.add(globals, "getmetatable", RawAccess::getmetatable);
        Builtin.add(globals, "setmetatable", RawAccess::setmetatable);
        Builtin.add(globals, "unpack", RawAccess::unpack);
    }

    private static Varargs next(Arguments arguments) {
        try {
            return arguments.table(1).next(arguments.get(2));
        } catch (Fault e) {
            throw e;
        } catch (LuaError e) {
            throw new Fault(LuaValue.valueOf("invalid key to 'next'"), 0);
        }
    }

    private static Varargs nextIndex(Arguments arguments) {
        int index = arguments.small(2) + 1;
        LuaValue value = arguments.table(1).rawget(index);
        return value.isnil() ? LuaValue.NIL : LuaValue.varargsOf(LuaInteger.valueOf(index), value);
    }

    private static Varargs rawset(Arguments arguments) {
        LuaTable table = arguments.table(1);
        LuaValue key = arguments.any(2);
        if (!key.isvalidkey()) {
            throw new Fault(LuaValue.valueOf(key.isnil() ? "table index is nil" : "table index is NaN"), 0);
        }
        table.rawset(key, arguments.any(3));
        return table;
    }

    private static Varargs getmetatable(Arguments arguments) {
        LuaValue metatable = arguments.any(1).getmetatable();
        if (metatable == null) {
            return LuaValue.NIL;
        }
        LuaValue shown = metatable.rawget(LuaValue.METATABLE);
        return shown.isnil() ? metatable : shown;
    }

    private static Varargs setmetatable(Arguments arguments) {
        LuaTable table = arguments.table(1);
        LuaValue metatable = arguments.get(2);
        if (!metatable.istable() && (!metatable.isnil() || arguments.count() < 2)) {
            throw arguments.bad(2, "nil or table expected");
        }
        if (!table.metatag(LuaValue.METATABLE).isnil()) {
            throw Fault.of("cannot change a protected metatable");
        }
        table.setmetatable(metatable.isnil() ? null : metatable);
        return table;
    }

    private static Varargs unpack(Arguments arguments) {
        LuaTable table = arguments.table(1);
        int first = arguments.small(2, 1);
        int last = arguments.missing(3) ? table.rawlen() : arguments.small(3);
        if (first > last) {
            return LuaValue.NONE;
        }
        if (last - first >= MOST_RESULTS || last - first < 0) {
            throw Fault.of("too many results to unpack");
        }
        LuaValue[] values = new LuaValue[last - first + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.rawget(first + i);
        }
        return LuaValue.varargsOf(values);
    }
}
