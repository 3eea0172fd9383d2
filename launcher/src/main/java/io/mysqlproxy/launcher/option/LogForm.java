package io.mysqlproxy.launcher.option;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a log line looks. */
public enum LogForm {
    /** {@code YYYY-MM-DD HH:MM:SS: (level) text}. */
    TEXT,
    /** One object a line. */
    JSON;

    /** The value of an option. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Map<String, LogForm> byName() {
        Map<String, LogForm> byName = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(form -> byName.put(form.toString(), form));
        return Collections.unmodifiableMap(byName);
    }
}
