package io.mysqlproxy.script;

/** A script asked for the end of the whole process, as Python's {@code sys.exit} does. Not an error. */
public final class ScriptExit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status the exit status, 0 to 255 */
    public ScriptExit(int status) {
        super("exit " + status, null, false, false);
        this.status = status;
    }

    /** The exit status the script asked for. */
    public int status() {
        return status;
    }
}
