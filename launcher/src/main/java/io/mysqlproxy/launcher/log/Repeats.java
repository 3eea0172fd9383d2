package io.mysqlproxy.launcher.log;

import java.time.Duration;
import java.time.Instant;

/** Counts a text that comes again and again, in place of writing it (launcher-and-admin.md 4.3). One thread at a time. */
final class Repeats {
    private static final int MOST = 100;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private String last;
    private Instant written = Instant.MIN;
    private int swallowed;

    /** Whether this text is only counted. */
    boolean swallows(String text, Instant now) {
        boolean again = text.equals(last)
                && swallowed <= MOST
                && Duration.between(written, now).compareTo(LONGEST) <= 0;
        swallowed += again ? 1 : 0;
        return again;
    }

    /** The text is written now: how many were swallowed before it. */
    int written(String text, Instant now) {
        int before = swallowed;
        last = text;
        written = now;
        swallowed = 0;
        return before;
    }

    /** The next text is written, whatever it is. */
    void forget() {
        last = null;
    }
}
