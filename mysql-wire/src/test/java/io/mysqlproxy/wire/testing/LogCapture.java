package io.mysqlproxy.wire.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the proxy logs while this is open. */
public final class LogCapture implements AutoCloseable {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level before;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    /** Begins to listen. */
    public LogCapture() {
        this("io.mysqlproxy", Level.INFO);
    }

    /** Begins to listen to everything that anything in this process has to say. */
    public static LogCapture ofEverything() {
        return new LogCapture(Logger.ROOT_LOGGER_NAME, Level.TRACE);
    }

    private LogCapture(String name, Level level) {
        logger = (Logger) LoggerFactory.getLogger(name);
        before = logger.getLevel();
        appender.setContext(logger.getLoggerContext());
        appender.start();
        if (!logger.isEnabledFor(level)) {
            logger.setLevel(level);
        }
        logger.addAppender(appender);
    }

    /** The lines of a level, in order. */
    public List<String> lines(Level level) {
        return events.stream()
                .filter(e -> e.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Every line, in order. */
    public List<String> lines() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** The level the launcher prints as "critical". */
    public List<String> errors() {
        return lines(Level.ERROR);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
        appender.stop();
    }
}
