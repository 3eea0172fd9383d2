package io.mysqlproxy.core.session;

/** When a session last heard something, and since when a side takes nothing. Event loop of the session only. */
public final class Activity {
    private long heardAt = System.nanoTime();
    private long stuckAt;
    private boolean stuck;

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

    /** Nanoseconds since a side was heard. */
    public long silentNanos() {
        return System.nanoTime() - heardAt;
    }

    /** Nanoseconds for which a side has taken nothing; 0 if both do. */
    public long stuckNanos() {
        return stuck ? System.nanoTime() - stuckAt : 0;
    }
}
