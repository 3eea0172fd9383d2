package io.mysqlproxy.script.lua.call;

/** A script has run for too long. An {@link Error}, so that neither LuaJ nor {@code pcall} holds it up. */
public final class ScriptTimeout extends Error {
    private static final long serialVersionUID = 1L;

    ScriptTimeout(int milliseconds) {
        super("script timed out after " + milliseconds + " ms", null, false, false);
    }
}
