package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Fault;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What Lua 5.2 dropped from {@code table} and {@code math}. */
final class TableLibrary {
    private TableLibrary() {}

    static void open(LuaTable globals) {
        LuaTable table = globals.get("table").checktable();
        Builtin.add(table, "getn", a -> LuaValue.valueOf(a.table(1).rawlen()));
        Builtin.add(table, "setn", a -> {
            throw Fault.of("'setn' is obsolete");
        });
        Builtin.add(table, "maxn", TableLibrary::maxn);
        Builtin.add(table, "foreach", TableLibrary::foreach);
        Builtin.add(table, "foreachi", TableLibrary::foreachi);
        LuaTable math = globals.get("math").checktable();
        math.rawset("mod", math.get("fmod"));
        Builtin.add(math, "log10", a -> LuaValue.valueOf(Math.log10(a.number(1))));
    }

    private static Varargs maxn(Arguments arguments) {
        LuaTable table = arguments.table(1);
        double greatest = 0;
        for (Varargs n = table.next(LuaValue.NIL); !n.arg1().isnil(); n = table.next(n.arg1())) {
            if (n.arg1().type() == LuaValue.TNUMBER) {
                greatest = Math.max(greatest, n.arg1().todouble());
            }
        }
        return LuaValue.valueOf(greatest);
    }

    private static Varargs foreach(Arguments arguments) {
        LuaTable table = arguments.table(1);
        LuaValue function = arguments.function(2);
        for (Varargs n = table.next(LuaValue.NIL); !n.arg1().isnil(); n = table.next(n.arg1())) {
            LuaValue result = function.call(n.arg1(), n.arg(2));
            if (!result.isnil()) {
                return result;
            }
        }
        return LuaValue.NONE;
    }

    private static Varargs foreachi(Arguments arguments) {
        LuaTable table = arguments.table(1);
        LuaValue function = arguments.function(2);
        int count = table.rawlen();
        for (int i = 1; i <= count; i++) {
            LuaValue result = function.call(LuaValue.valueOf(i), table.rawget(i));
            if (!result.isnil()) {
                return result;
            }
        }
        return LuaValue.NONE;
    }
}
