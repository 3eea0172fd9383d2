package io.mysqlproxy.script.lua.call;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Prototype;

/** Where in a script something happens, in the words of Lua 5.1. Called from substituted methods. */
public final class Positions {
    /** The longest part of a text that is shown as the name of a chunk. */
    private static final int TEXT_LIMIT = 43;

    private static final int FILE_LIMIT = 52;
    private static final int NAME_LIMIT = 59;

    private Positions() {}

    /**
     * An error passes a Lua function on its way up.
     *
     * @param located the text with position, if one was made further down
     * @return the text with position
     */
    public static String locate(LuaError error, String located, Prototype function, int pc) {
        if (error instanceof Fault fault) {
            fault.passed(function, pc);
            return null;
        }
        return located != null ? located : text(where(function, pc)) + error.getMessage();
    }

    /** An error in the text of a chunk. */
    public static LuaError syntaxError(LuaString source, int line, String message, int token, String tokenText) {
        // LuaJ tells here which symbol it is
        String shown = message.startsWith("unexpected symbol") ? "unexpected symbol" : message;
        String near = token == 0 ? "" : " near '" + (tokenText.equals("<eos>") ? "<eof>" : tokenText) + "'";
        byte[] place = (":" + line + ": " + shown + near).getBytes(StandardCharsets.UTF_8);
        return new Fault(shortSource(source).concat(LuaString.valueUsing(place)), 0);
    }

    /** Any token that has a text where there is none. */
    public static int tokenOr(int token) {
        return token == 0 ? ' ' : token;
    }

    /** {@code chunk:line: }. */
    static LuaString where(Prototype function, int pc) {
        int[] lines = function.lineinfo;
        String line = lines != null && pc >= 0 && pc < lines.length ? Integer.toString(lines[pc]) : "?";
        byte[] place = (":" + line + ": ").getBytes(StandardCharsets.US_ASCII);
        return (LuaString) shortSource(function.source).concat(LuaString.valueUsing(place));
    }

    /** The name of a chunk as messages show it. */
    public static LuaString shortSource(LuaString source) {
        byte[] bytes = bytes(source);
        if (bytes.length > 0 && bytes[0] == '=') {
            return LuaString.valueUsing(Arrays.copyOfRange(bytes, 1, Math.min(bytes.length, NAME_LIMIT + 1)));
        }
        if (bytes.length > 0 && bytes[0] == '@') {
            return shortFile(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
        return shortText(bytes);
    }

    /** A byte string as a Java one, for messages. */
    public static String text(LuaString string) {
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.UTF_8);
    }

    private static LuaString shortFile(byte[] name) {
        if (name.length <= FILE_LIMIT) {
            return LuaString.valueUsing(name);
        }
        byte[] end = Arrays.copyOfRange(name, name.length - FILE_LIMIT, name.length);
        return joined("...", end, "");
    }

    private static LuaString shortText(byte[] text) {
        int end = 0;
        while (end < text.length && end < TEXT_LIMIT && text[end] != '\n' && text[end] != '\r') {
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
