package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.lua.call.Fault;
import java.util.Arrays;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code string}: what LuaJ gets wrong about bytes and formats.
 *
 * <p>{@code find}, {@code match} and {@code gsub} are still LuaJ's pattern engine; a better one registers here.
 */
final class StringLibrary {
    /** Above this {@code string.rep} gives up, before the whole process is short of memory. */
    private static final long LIMIT =
            Math.min(Integer.MAX_VALUE - 64, Runtime.getRuntime().maxMemory() / 2);

    private StringLibrary() {}

    static void open(LuaTable globals) {
        LuaTable string = globals.get("string").checktable();
        Builtin.add(string, "format", StringFormat::format);
        Builtin.add(string, "upper", a -> shifted(a.string(1), 'a', 'z'));
        Builtin.add(string, "lower", a -> shifted(a.string(1), 'A', 'Z'));
        Builtin.add(string, "rep", StringLibrary::rep);
        LuaFunction find = string.get("find").checkfunction();
        Builtin.add(string, "gmatch", a -> gmatch(find, a));
        string.rawset("gfind", string.get("gmatch"));
        // the methods of strings: one table in the whole process, that of the interpreter opened last
        LuaTable methods = new LuaTable();
        methods.rawset(LuaValue.INDEX, string);
        LuaString.s_metatable = methods;
    }

    private static LuaValue shifted(LuaString string, char first, char last) {
        byte[] bytes = Arrays.copyOfRange(string.m_bytes, string.m_offset, string.m_offset + string.m_length);
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
        int length = string.length();
        if (count > 0 && length > LIMIT / count) {
            throw Fault.of("not enough memory");
        }
        byte[] bytes = new byte[(int) (length * count)];
        for (int i = 0; i < bytes.length; i += length) {
            string.copyInto(0, bytes, i, length);
        }
        return LuaString.valueUsing(bytes);
    }

    private static LuaValue gmatch(LuaFunction find, Arguments arguments) {
        LuaString string = arguments.string(1);
        LuaString pattern = arguments.string(2);
        int[] next = {1};
        return new Builtin("for iterator", none -> {
            if (next[0] > string.length() + 1) {
                return LuaValue.NIL;
            }
            LuaValue[] from = {string, pattern, LuaInteger.valueOf(next[0])};
            Varargs found = find.invoke(from);
            if (found.arg1().isnil()) {
                next[0] = string.length() + 2;
                return LuaValue.NIL;
            }
            int start = found.toint(1);
            int end = found.toint(2);
            // an empty match would be found again and again
            next[0] = end < start ? start + 1 : end + 1;
            return found.narg() > 2 ? found.subargs(3) : string.substring(start - 1, end);
        });
    }
}
