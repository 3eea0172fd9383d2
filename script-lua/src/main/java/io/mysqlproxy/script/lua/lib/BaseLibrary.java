package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions without a table of their own. */
final class BaseLibrary {
    private BaseLibrary() {}

    static void open(Globals globals) {
        globals.rawset("_VERSION", LuaValue.valueOf("Lua 5.1"));
        Builtin.add(globals, "print", a -> print(globals, a));
        Builtin.add(globals, "tonumber", BaseLibrary::tonumber);
        Builtin.add(globals, "assert", BaseLibrary::assertion);
        Builtin.add(globals, "pairs", a -> pairs(globals, a));
        Builtin.add(globals, "unpack", BaseLibrary::unpack);
        Builtin.add(globals, "collectgarbage", BaseLibrary::collectgarbage);
        Builtin.add(globals, "gcinfo", a -> LuaValue.valueOf((double) (long) kilobytes()));
        Builtin.add(globals, "newproxy", BaseLibrary::newproxy);
    }

    private static Varargs print(Globals globals, Arguments arguments) {
        LuaValue tostring = globals.get("tostring");
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int i = 1; i <= arguments.count(); i++) {
            LuaValue text = tostring.call(arguments.get(i));
            if (!text.isstring()) {
                throw Fault.of("'tostring' must return a string to 'print'");
            }
            if (i > 1) {
                line.write('\t');
            }
            LuaString bytes = text.strvalue();
            line.write(bytes.m_bytes, bytes.m_offset, bytes.m_length);
        }
        line.write('\n');
        PrintStream out = globals.STDOUT;
        out.writeBytes(line.toByteArray());
        out.flush();
        return LuaValue.NONE;
    }

    private static Varargs tonumber(Arguments arguments) {
        LuaValue value = arguments.any(1);
        if (arguments.missing(2) || arguments.integer(2) == 10) {
            return value instanceof LuaString ? orNil(Numbers.scan((LuaString) value)) : value.tonumber();
        }
        long base = arguments.integer(2);
        if (base < 2 || base > 36) {
            throw arguments.bad(2, "base out of range");
        }
        return orNil(Numbers.scan(arguments.string(1), (int) base));
    }

    private static LuaValue orNil(double value) {
        return Double.isNaN(value) ? LuaValue.NIL : LuaValue.valueOf(value);
    }

    private static Varargs assertion(Arguments arguments) {
        if (arguments.any(1).toboolean()) {
            return arguments.values();
        }
        if (arguments.missing(2)) {
            throw Fault.of("assertion failed!");
        }
        throw new Fault(arguments.string(2), 1);
    }

    private static Varargs pairs(Globals globals, Arguments arguments) {
        LuaTable table = arguments.table(1);
        return LuaValue.varargsOf(globals.get("next"), table, LuaValue.NIL);
    }

    private static Varargs unpack(Arguments arguments) {
        LuaTable table = arguments.table(1);
        int first = (int) arguments.integer(2, 1);
        int last = (int) arguments.integer(3, table.rawlen());
        if (first > last) {
            return LuaValue.NONE;
        }
        if (last - first >= 1_000_000 || last - first < 0) {
            throw Fault.of("too many results to unpack");
        }
        LuaValue[] values = new LuaValue[last - first + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.rawget(first + i);
        }
        return LuaValue.varargsOf(values);
    }

    /** The JVM's collector needs no help, and a full collection in a hot loop would stop every connection. */
    private static Varargs collectgarbage(Arguments arguments) {
        String option = arguments.missing(1) ? "collect" : arguments.string(1).tojstring();
        return switch (option) {
            case "collect", "stop", "restart" -> LuaValue.ZERO;
            case "count" -> LuaValue.valueOf(kilobytes());
            case "step" -> LuaValue.TRUE;
            case "setpause", "setstepmul" -> LuaValue.valueOf(200);
            default -> throw arguments.bad(1, "invalid option '" + option + "'");
        };
    }

    private static double kilobytes() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0;
    }

    private static Varargs newproxy(Arguments arguments) {
        LuaUserdata proxy = new LuaUserdata(new Object());
        LuaValue wish = arguments.get(1);
        if (wish instanceof LuaUserdata other) {
            proxy.setmetatable(other.getmetatable());
        } else if (wish.toboolean()) {
            proxy.setmetatable(new LuaTable());
        }
        return proxy;
    }
}
