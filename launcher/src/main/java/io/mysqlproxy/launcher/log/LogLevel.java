package io.mysqlproxy.launcher.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.mysqlproxy.core.config.ConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Marker;

/** The levels by the names users know, most severe first. */
public enum LogLevel {
    ERROR(Level.ERROR),
    CRITICAL(Level.ERROR),
    WARNING(Level.WARN),
    MESSAGE(Level.INFO),
    INFO(Level.DEBUG),
    DEBUG(Level.TRACE);

    /** Tells {@link #ERROR} from {@link #CRITICAL}. */
    private static final String ERROR_MARKER = "error";

    private final Level level;
    private final String text = name().toLowerCase(Locale.ROOT);

    LogLevel(Level level) {
        this.level = level;
    }

    /**
     * Reads the value of the option; case counts.
     *
     * @throws ConfigException if there is no such level
     */
    public static LogLevel named(String text) {
        return Arrays.stream(values())
                .filter(level -> level.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new ConfigException("--log-level=... failed, level '" + text + "' is unknown "));
    }

    /** The level of an event. */
    static LogLevel of(ILoggingEvent event) {
        return switch (event.getLevel().levelInt) {
            case Level.ERROR_INT -> isMarked(event.getMarkerList()) ? ERROR : CRITICAL;
            case Level.WARN_INT -> WARNING;
            case Level.INFO_INT -> MESSAGE;
            case Level.DEBUG_INT -> INFO;
            default -> DEBUG;
        };
    }

    private static boolean isMarked(List<Marker> markers) {
        return markers != null
                && markers.stream().anyMatch(marker -> marker.getName().equals(ERROR_MARKER));
    }

    /** What logback calls it. */
    Level level() {
        return level;
    }

    /** The name users know. */
    @Override
    public String toString() {
        return text;
    }
}
