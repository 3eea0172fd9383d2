package io.mysqlproxy.core.session;

/** When a session last heard something, and since when a side takes nothing. Event loop of the session only. */
public final class Activity {
    private long heardAt = System.nanoTime();
    private long stuckAt;
    private boolean stuck;
    private long stepAt = heardAt;
    private boolean loggingIn = true;

    /** A side was heard. */
    void heard() {
        heardAt = System.nanoTime();
    }

    /** Whether both sides take what they are sent. */
    void drains(boolean both) {
        if (both) {
            stuck = false;
        } else if (!stuck) {
            stuck = true;
            stuckAt = System.nanoTime();
        }
    }

    /** A step of the login begins, or the client is in. */
    void login(boolean step) {
        loggingIn = step;
        stepAt = System.nanoTime();
    }

    /** Whether the client is not in yet: until then nobody has to be patient with it. */
    public boolean loggingIn() {
        return loggingIn;
    }

    /** Nanoseconds since the step began. */
    public long loginNanos() {
        return System.nanoTime() - stepAt;
    }

    /** Nanoseconds since a side was heard. */
    public long silentNanos() {
        return System.nanoTime() - heardAt;
    }

    /** Nanoseconds for which a side has taken nothing; 0 if both do. */
    public long stuckNanos() {
        return stuck ? System.nanoTime() - stuckAt : 0;
    }
}
