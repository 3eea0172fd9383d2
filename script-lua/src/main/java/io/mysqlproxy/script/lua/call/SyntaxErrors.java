package io.mysqlproxy.script.lua.call;

import io.mysqlproxy.script.lua.text.Latin1;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/** Errors in the text of a chunk, in the words of Lua 5.1. Called from substituted methods of the compiler. */
public final class SyntaxErrors {
    private static final int SOURCE_SIZE = 80;
    private static final ThreadLocal<LuaString> CHUNK = new ThreadLocal<>();

    private SyntaxErrors() {}

    /** The name of the chunk that this thread is compiling; LuaJ would keep it only as a Java string. */
    public static void chunk(LuaString name) {
        CHUNK.set(name);
    }

    /** Any token that has a text where there is none. */
    public static int tokenOr(int token) {
        return token == 0 ? ' ' : token;
    }

    /**
     * The error for a place in the text.
     *
     * @param token what it is near; 0 for nothing
     * @param tokenText one character per byte
     */
    public static LuaError error(int line, String message, int token, String tokenText) {
        String near = token == 0 ? "" : " near '" + endOfFile(tokenText) + "'";
        LuaString place = Latin1.string(":" + line + ": " + message(message, token) + near);
        return new Fault(Positions.shortSource(CHUNK.get(), SOURCE_SIZE).concat(place), 0);
    }

    /** {@code main function has more than 200 local variables}. */
    public static String limit(int lineDefined, int limit, String what) {
        String where = lineDefined == 0 ? "main function" : "function at line " + lineDefined;
        return where + " has more than " + limit + " " + what;
    }

    private static String message(String message, int token) {
        if (message.startsWith("unexpected symbol")) {
            // LuaJ tells here which symbol it is
            return "unexpected symbol";
        }
        if (message.equals("syntax error")) {
            // an expression on its own: 5.1 expects an assignment, and takes what follows a call for a new statement
            return token == '=' ? "unexpected symbol" : "'=' expected";
        }
        return message.contains("'break'") || message.contains("<break>") ? "no loop to break" : endOfFile(message);
    }

    private static String endOfFile(String text) {
        return text.replace("<eos>", "<eof>");
    }
}
