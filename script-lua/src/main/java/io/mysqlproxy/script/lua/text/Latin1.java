package io.mysqlproxy.script.lua.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.luaj.vm2.LuaString;

/** Byte strings as Java values, one character per byte. */
public final class Latin1 {
    private Latin1() {}

    public static byte[] bytes(LuaString string) {
        return Arrays.copyOfRange(string.m_bytes, string.m_offset, string.m_offset + string.m_length);
    }

    public static String text(LuaString string, int start, int end) {
        return new String(string.m_bytes, string.m_offset + start, end - start, StandardCharsets.ISO_8859_1);
    }

    public static String text(LuaString string) {
        return text(string, 0, string.m_length);
    }

    public static LuaString string(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The order of {@code <}: that of the bytes, which have no sign. */
    public static int compare(LuaString left, LuaString right) {
        return Arrays.compareUnsigned(
                left.m_bytes,
                left.m_offset,
                left.m_offset + left.m_length,
                right.m_bytes,
                right.m_offset,
                right.m_offset + right.m_length);
    }
}
