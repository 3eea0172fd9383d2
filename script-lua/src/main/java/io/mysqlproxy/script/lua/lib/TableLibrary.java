package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code table}. */
final class TableLibrary {
    private TableLibrary() {}

    static LuaTable table() {
        LuaTable table = new LuaTable();
        Builtin.add(table, "concat", TableLibrary::concat);
        Builtin.add(table, "foreach", TableLibrary::foreach);
        Builtin.add(table, "foreachi", TableLibrary::foreachi);
        Builtin.add(table, "getn", a -> LuaValue.valueOf(a.table(1).rawlen()));
        Builtin.add(table, "insert", TableLibrary::insert);
        Builtin.add(table, "maxn", TableLibrary::maxn);
        Builtin.add(table, "remove", TableLibrary::remove);
        Builtin.add(table, "setn", a -> {
            a.table(1);
            throw Fault.of("'setn' is obsolete");
        });
        Builtin.add(table, "sort", a -> {
            LuaTable sorted = a.table(1);
            new Sorting(sorted, a.missing(2) ? null : a.function(2)).run(1, sorted.rawlen());
            return LuaValue.NONE;
        });
        return table;
    }

    private static Varargs concat(Arguments arguments) {
        LuaString separator = arguments.string(2, LuaValue.EMPTYSTRING);
        LuaTable table = arguments.table(1);
        int first = arguments.small(3, 1);
        int last = arguments.missing(4) ? table.rawlen() : arguments.small(4);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = first; i <= last; i++) {
            LuaValue value = table.rawget(i);
            if (!value.isstring()) {
                throw Fault.of("invalid value (" + value.typename() + ") at index " + i + " in table for 'concat'");
            }
            write(out, value.strvalue());
            if (i < last) {
                write(out, separator);
            }
        }
        return LuaString.valueUsing(out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, LuaString text) {
        out.write(text.m_bytes, text.m_offset, text.m_length);
    }

    private static Varargs insert(Arguments arguments) {
        LuaTable table = arguments.table(1);
        int end = table.rawlen() + 1;
        switch (arguments.count()) {
            case 2 -> table.rawset(end, arguments.get(2));
            case 3 -> {
                int position = arguments.small(2);
                for (int i = Math.max(end, position); i > position; i--) {
                    table.rawset(i, table.rawget(i - 1));
                }
                table.rawset(position, arguments.get(3));
            }
            default -> throw Fault.of("wrong number of arguments to 'insert'");
        }
        return LuaValue.NONE;
    }

    private static Varargs remove(Arguments arguments) {
        LuaTable table = arguments.table(1);
        int end = table.rawlen();
        int position = arguments.small(2, end);
        if (position < 1 || position > end) {
            return LuaValue.NONE;
        }
        LuaValue removed = table.rawget(position);
        for (int i = position; i < end; i++) {
            table.rawset(i, table.rawget(i + 1));
        }
        table.rawset(end, LuaValue.NIL);
        return removed;
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
