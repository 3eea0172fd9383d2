package io.mysqlproxy.core.script.module;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** The log levels that scripts know, most severe first. */
enum ScriptLevel {
    ERROR,
    CRITICAL,
    WARNING,
    MESSAGE,
    INFO,
    DEBUG;

    /** The log has one level for both; whoever writes the lines tells them apart by this. */
    private static final Marker ERROR_MARKER = MarkerFactory.getMarker("error");

    /** As scripts write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ScriptLevel> of(String word) {
        return Arrays.stream(values())
                .filter(level -> level.word().equals(word))
                .findFirst();
    }

    void log(Logger log, String text) {
        switch (this) {
            case ERROR -> log.error(ERROR_MARKER, "{}", text);
            case CRITICAL -> log.error("{}", text);
            case WARNING -> log.warn("{}", text);
            case MESSAGE -> log.info("{}", text);
            case INFO -> log.debug("{}", text);
            case DEBUG -> log.trace("{}", text);
        }
    }
}
