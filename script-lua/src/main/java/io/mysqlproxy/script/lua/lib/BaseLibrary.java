package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import io.mysqlproxy.script.lua.text.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions without a table of their own; those for tables are in {@link RawAccess}. */
final class BaseLibrary {
    private static final LuaString TOSTRING = LuaValue.valueOf("__tostring");

    private BaseLibrary() {}

    static void open(Globals globals) {
        globals.rawset("_VERSION", LuaValue.valueOf("Lua 5.1"));
        Builtin.add(globals, "print", a -> print(globals, a));
        Builtin.add(globals, "type", a -> Latin1.string(a.any(1).typename()));
        Builtin.add(globals, "tostring", a -> text(a.any(1)));
        Builtin.add(globals, "tonumber", BaseLibrary::tonumber);
        Builtin.add(globals, "assert", BaseLibrary::assertion);
        Builtin.add(globals, "select", BaseLibrary::select);
        Builtin.add(globals, "collectgarbage", BaseLibrary::collectgarbage);
        Builtin.add(globals, "gcinfo", a -> LuaValue.valueOf((double) (long) kilobytes()));
        Builtin.add(globals, "newproxy", BaseLibrary::newproxy);
        RawAccess.open(globals);
    }

    /** {@code tostring}. */
    static LuaValue text(LuaValue value) {
        LuaValue method = value.metatag(TOSTRING);
        if (!method.isnil()) {
            return method.call(value);
        }
        return switch (value.type()) {
            case LuaValue.TSTRING -> value;
            case LuaValue.TNUMBER, LuaValue.TBOOLEAN, LuaValue.TNIL -> Latin1.string(value.tojstring());
            default -> Latin1.string(String.format("%s: 0x%08x", value.typename(), System.identityHashCode(value)));
        };
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
        int base = arguments.small(2, 10);
        if (base == 10) {
            LuaValue value = arguments.any(1);
            return value instanceof LuaString text ? orNil(Numbers.scan(text)) : value.tonumber();
        }
        LuaString text = arguments.string(1);
        if (base < 2 || base > 36) {
            throw arguments.bad(2, "base out of range");
        }
        return orNil(Numbers.scan(text, base));
    }

    private static LuaValue orNil(double value) {
        return Double.isNaN(value) ? LuaValue.NIL : LuaValue.valueOf(value);
    }

    private static Varargs assertion(Arguments arguments) {
        if (arguments.any(1).toboolean()) {
            return arguments.values();
        }
        throw Fault.of(arguments.string(2, LuaValue.valueOf("assertion failed!")));
    }

    private static Varargs select(Arguments arguments) {
        if (arguments.get(1) instanceof LuaString text && text.m_length > 0 && text.luaByte(0) == '#') {
            return LuaValue.valueOf(arguments.count() - 1);
        }
        int first = arguments.small(1);
        first = first < 0 ? arguments.count() + first : first;
        if (first < 1) {
            throw arguments.bad(1, "index out of range");
        }
        return first >= arguments.count() ? LuaValue.NONE : arguments.values().subargs(first + 1);
    }

    /** The JVM's collector needs no help, and a full collection in a hot loop would stop every connection. */
    private static Varargs collectgarbage(Arguments arguments) {
        String option =
                arguments.option(1, "collect", "stop", "restart", "collect", "count", "step", "setpause", "setstepmul");
        arguments.small(2, 0);
        return switch (option) {
            case "count" -> LuaValue.valueOf(kilobytes());
            case "step" -> LuaValue.TRUE;
            case "setpause", "setstepmul" -> LuaValue.valueOf(200);
            default -> LuaValue.ZERO;
        };
    }

    private static double kilobytes() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0;
    }

    private static Varargs newproxy(Arguments arguments) {
        LuaUserdata proxy = new LuaUserdata(new Object());
        LuaValue wish = arguments.get(1);
        if (wish instanceof LuaUserdata other && other.getmetatable() != null) {
            proxy.setmetatable(other.getmetatable());
        } else if (wish.isboolean() && wish.toboolean()) {
            proxy.setmetatable(new LuaTable());
        } else if (!wish.isnil() && !wish.isboolean()) {
            throw arguments.bad(1, "boolean or proxy expected");
        }
        return proxy;
    }
}
