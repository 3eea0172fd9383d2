package io.mysqlproxy.script;

/**
 * The script's fault: it does not compile, or its body or a hook raised.
 *
 * <p>{@link #getMessage()} is the message as the language words it, with the script's own file and line where the language
 * gives them. {@link #trace()} is the language's own traceback, or null. The Java stack is not filled in: it would say
 * nothing about the script.
 */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String trace;

    /**
     * @param message what the language says
     * @param trace the language's traceback, several lines, or null
     * @param cause what was thrown, or null
     */
    public ScriptException(String message, String trace, Throwable cause) {
        super(message, cause, false, false);
        this.trace = trace;
    }

    /** The language's traceback, or null where the language has none. */
    public String trace() {
        return trace;
    }
}
