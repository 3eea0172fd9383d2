package io.mysqlproxy.launcher.log;

import java.time.Instant;

/** How a line looks. */
interface LineForm {
    /**
     * One line with its newline.
     *
     * @param text the message
     * @param origin the session that logs; null if none does
     * @param trace a stack trace with its newlines; empty if there is none
     */
    String line(Instant time, LogLevel level, String text, Origin origin, String trace);
}
