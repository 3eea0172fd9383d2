package io.mysqlproxy.script.lua.strings;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.DumpState;

/** {@code string}, over bytes. */
public final class StringLibrary {
    /** Above this {@code string.rep} gives up, before the whole process is short of memory. */
    private static final long LIMIT =
            Math.min(Integer.MAX_VALUE - 64, Runtime.getRuntime().maxMemory() / 2);

    private StringLibrary() {}

    /** The table of the library. */
    public static LuaTable table() {
        LuaTable string = new LuaTable();
        Builtin.add(string, "byte", StringLibrary::bytes);
        Builtin.add(string, "char", StringLibrary::character);
        Builtin.add(string, "dump", StringLibrary::dump);
        Builtin.add(string, "format", StringFormat::format);
        Builtin.add(string, "len", a -> LuaInteger.valueOf(a.string(1).m_length));
        Builtin.add(string, "lower", a -> shifted(a.string(1), 'A', 'Z'));
        Builtin.add(string, "rep", StringLibrary::rep);
        Builtin.add(string, "reverse", a -> reversed(a.string(1)));
        Builtin.add(string, "sub", StringLibrary::sub);
        Builtin.add(string, "upper", a -> shifted(a.string(1), 'a', 'z'));
        PatternFunctions.open(string);
        // the methods of strings: one table in the whole process, that of the interpreter opened last
        LuaTable methods = new LuaTable();
        methods.rawset(LuaValue.INDEX, string);
        LuaString.s_metatable = methods;
        return string;
    }

    private static Varargs bytes(Arguments arguments) {
        LuaString string = arguments.string(1);
        long first = position(arguments.integer(2, 1), string);
        long last = Math.min(position(arguments.integer(3, first), string), string.m_length);
        first = Math.max(first, 1);
        if (first > last) {
            return LuaValue.NONE;
        }
        if (first == last) {
            return LuaInteger.valueOf(string.luaByte((int) first - 1));
        }
        LuaValue[] values = new LuaValue[(int) (last - first) + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = LuaInteger.valueOf(string.luaByte((int) first - 1 + i));
        }
        return LuaValue.varargsOf(values);
    }

    private static Varargs character(Arguments arguments) {
        byte[] bytes = new byte[arguments.count()];
        for (int i = 0; i < bytes.length; i++) {
            int value = arguments.small(i + 1);
            if (value < 0 || value > 0xff) {
                throw arguments.bad(i + 1, "invalid value");
            }
            bytes[i] = (byte) value;
        }
        return LuaString.valueUsing(bytes);
    }

    private static Varargs sub(Arguments arguments) {
        LuaString string = arguments.string(1);
        long first = Math.max(position(arguments.integer(2), string), 1);
        long last = Math.min(position(arguments.integer(3, -1), string), string.m_length);
        return first > last ? LuaValue.EMPTYSTRING : string.substring((int) first - 1, (int) last);
    }

    /** Negative ones count from the end. */
    private static long position(long given, LuaString string) {
        return given >= 0 ? given : Math.max(0, string.m_length + given + 1);
    }

    private static LuaValue reversed(LuaString string) {
        byte[] bytes = new byte[string.m_length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) string.luaByte(bytes.length - 1 - i);
        }
        return LuaString.valueUsing(bytes);
    }

    private static LuaValue shifted(LuaString string, char first, char last) {
        byte[] bytes = Latin1.bytes(string);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] >= first && bytes[i] <= last) {
                bytes[i] ^= 0x20;
            }
        }
        return LuaString.valueUsing(bytes);
    }

    private static LuaValue rep(Arguments arguments) {
        LuaString string = arguments.string(1);
        long count = Math.max(0, arguments.integer(2));
        int length = string.m_length;
        if (count > 0 && length > LIMIT / count) {
            throw Fault.of("not enough memory");
        }
        byte[] bytes = new byte[(int) (length * count)];
        for (int i = 0; i < bytes.length; i += length) {
            string.copyInto(0, bytes, i, length);
        }
        return LuaString.valueUsing(bytes);
    }

    /** Of no use but as a text: nothing here loads it. */
    private static LuaValue dump(Arguments arguments) {
        if (!(arguments.function(1) instanceof LuaClosure closure)) {
            throw Fault.of("unable to dump given function");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            DumpState.dump(closure.p, out, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return LuaString.valueUsing(out.toByteArray());
    }
}
