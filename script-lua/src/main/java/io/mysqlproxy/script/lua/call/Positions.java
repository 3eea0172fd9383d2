package io.mysqlproxy.script.lua.call;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Prototype;

/** Where in a script something happens, in the words of Lua 5.1. Called from substituted methods. */
public final class Positions {
    /** That of the buffer in which Lua 5.1 makes the name of a chunk; texts are cut to fit in. */
    private static final int SIZE = 60;

    private Positions() {}

    /** {@code chunk:line: }. */
    static LuaString where(Prototype function, int pc) {
        int line = line(function, pc);
        byte[] place = (":" + (line < 0 ? "?" : line) + ": ").getBytes(StandardCharsets.US_ASCII);
        return (LuaString) shortSource(function.source).concat(LuaString.valueUsing(place));
    }

    /** The line of an instruction, or -1. */
    static int line(Prototype function, int pc) {
        int[] lines = function.lineinfo;
        return lines != null && pc >= 0 && pc < lines.length ? lines[pc] : -1;
    }

    /** The name of a chunk as messages show it. */
    public static LuaString shortSource(LuaString source) {
        return shortSource(source, SIZE);
    }

    /** The same in a buffer of another size. */
    static LuaString shortSource(LuaString source, int size) {
        byte[] bytes = bytes(source);
        if (bytes.length > 0 && bytes[0] == '=') {
            return LuaString.valueUsing(Arrays.copyOfRange(bytes, 1, Math.min(bytes.length, size)));
        }
        if (bytes.length > 0 && bytes[0] == '@') {
            return shortFile(Arrays.copyOfRange(bytes, 1, bytes.length), size - " '...' ".length() - 1);
        }
        return shortText(bytes, size - " [string \"...\"] ".length() - 1);
    }

    /** A byte string as a Java one, for messages. */
    public static String text(LuaString string) {
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.UTF_8);
    }

    private static LuaString shortFile(byte[] name, int limit) {
        if (name.length <= limit) {
            return LuaString.valueUsing(name);
        }
        byte[] end = Arrays.copyOfRange(name, name.length - limit, name.length);
        return joined("...", end, "");
    }

    private static LuaString shortText(byte[] text, int limit) {
        int end = 0;
        while (end < text.length && end < limit && text[end] != '\n' && text[end] != '\r') {
            end++;
        }
        return joined("[string \"", Arrays.copyOf(text, end), end < text.length ? "...\"]" : "\"]");
    }

    private static LuaString joined(String before, byte[] middle, String after) {
        byte[] all = new byte[before.length() + middle.length + after.length()];
        System.arraycopy(before.getBytes(StandardCharsets.US_ASCII), 0, all, 0, before.length());
        System.arraycopy(middle, 0, all, before.length(), middle.length);
        System.arraycopy(
                after.getBytes(StandardCharsets.US_ASCII), 0, all, all.length - after.length(), after.length());
        return LuaString.valueUsing(all);
    }

    private static byte[] bytes(LuaString string) {
        if (string == null) {
            return new byte[] {'=', '?'};
        }
        return Arrays.copyOfRange(string.m_bytes, string.m_offset, string.m_offset + string.m_length);
    }
}
