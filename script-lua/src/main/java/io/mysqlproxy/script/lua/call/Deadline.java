package io.mysqlproxy.script.lua.call;

/** How long a hook may run. */
public final class Deadline {
    private final int milliseconds;
    private final long end;

    /** @param milliseconds from now on */
    public Deadline(int milliseconds) {
        this.milliseconds = milliseconds;
        this.end = System.nanoTime() + milliseconds * 1_000_000L;
    }

    void check() {
        if (System.nanoTime() - end > 0) {
            throw new ScriptTimeout(milliseconds);
        }
    }
}
