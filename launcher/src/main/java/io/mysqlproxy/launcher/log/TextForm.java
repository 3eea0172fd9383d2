package io.mysqlproxy.launcher.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** {@code YYYY-MM-DD HH:MM:SS: (level) text}; a stack trace, where there is one, follows on lines of its own. */
final class TextForm implements LineForm {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Override
    public String line(Instant time, LogLevel level, String text, Origin origin, String trace) {
        StringBuilder line = new StringBuilder();
        TIME.formatTo(time, line);
        line.append(": (").append(level).append(") ");
        return line.append(origin == null ? "" : origin)
                .append(text)
                .append('\n')
                .append(trace)
                .toString();
    }
}
