package io.mysqlproxy.launcher.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Writes lines: which, in what form, and where to. The base class lets one thread in at a time. */
final class LineAppender extends AppenderBase<ILoggingEvent> {
    private final LogLevel threshold;
    private final LineForm form;
    private final Optional<Target> target;
    private final PrintStream fallback;
    private final Repeats repeats = new Repeats();

    /**
     * @param threshold the least severe level to write
     * @param target where to write
     * @param fallback where to write without a target, and what a target does not take
     */
    LineAppender(LogLevel threshold, LineForm form, Optional<Target> target, PrintStream fallback) {
        this.threshold = threshold;
        this.form = form;
        this.target = target;
        this.fallback = fallback;
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogLevel level = LogLevel.of(event);
        if (level.compareTo(threshold) > 0) {
            return;
        }
        Instant time = Instant.ofEpochMilli(event.getTimeStamp());
        Origin origin = Origin.here();
        String text = event.getFormattedMessage();
        String trace = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        String whole = (origin == null ? "" : origin) + text + trace;
        if (repeats.swallows(whole, time)) {
            return;
        }
        int swallowed = repeats.written(whole, time);
        if (swallowed > 0) {
            write(level, form.line(time, level, "last message repeated " + swallowed + " times", null, ""));
        }
        write(level, form.line(time, level, text, origin, trace));
    }

    /** Goes on in a new file. */
    synchronized void reopen() throws IOException {
        repeats.forget();
        if (target.isPresent()) {
            target.get().reopen();
        }
    }

    private void write(LogLevel level, String text) {
        byte[] line = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (target.isPresent()) {
                target.get().write(level, ByteBuffer.wrap(line));
                return;
            }
        } catch (IOException e) {
            addError("log", e);
        }
        fallback.write(line, 0, line.length);
        fallback.flush();
    }
}
