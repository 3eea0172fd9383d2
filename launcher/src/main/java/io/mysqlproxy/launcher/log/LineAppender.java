package io.mysqlproxy.launcher.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Writes {@code YYYY-MM-DD HH:MM:SS: (level) text}; a stack trace, where there is one, follows on lines of its own. */
final class LineAppender extends AppenderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final LogLevel threshold;
    private final Optional<LogFile> file;
    private final PrintStream fallback;

    /**
     * @param threshold the least severe level to write
     * @param file where to write
     * @param fallback where to write without a file, and what a file does not take
     */
    LineAppender(LogLevel threshold, Optional<LogFile> file, PrintStream fallback) {
        this.threshold = threshold;
        this.file = file;
        this.fallback = fallback;
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogLevel level = LogLevel.of(event);
        if (level.compareTo(threshold) > 0) {
            return;
        }
        byte[] line = line(level, event).getBytes(StandardCharsets.UTF_8);
        try {
            if (file.isPresent()) {
                file.get().write(ByteBuffer.wrap(line));
                return;
            }
        } catch (IOException e) {
            addError("log file", e);
        }
        fallback.write(line, 0, line.length);
        fallback.flush();
    }

    private static String line(LogLevel level, ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(": (")
                .append(level)
                .append(") ")
                .append(event.getFormattedMessage())
                .append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }
}
