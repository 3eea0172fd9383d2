package io.mysqlproxy.launcher.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One object a line: {@code time, level, message} and, where there are such, {@code session, client, trace}. */
final class JsonForm implements LineForm {
    @Override
    public String line(Instant time, LogLevel level, String text, Origin origin, String trace) {
        StringBuilder json = new StringBuilder("{\"time\":\"")
                .append(time.truncatedTo(ChronoUnit.MILLIS))
                .append("\",\"level\":\"")
                .append(level)
                .append('"');
        if (origin != null) {
            json.append(",\"session\":").append(origin.session());
            member(json, "client", origin.client());
        }
        member(json, "message", text);
        if (!trace.isEmpty()) {
            member(json, "trace", trace);
        }
        return json.append("}\n").toString();
    }

    private static void member(StringBuilder json, String name, String text) {
        json.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < text.length(); i++) {
            escaped(json, text.charAt(i));
        }
        json.append('"');
    }

    private static void escaped(StringBuilder json, char c) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append(c);
            case '\n' -> json.append("\\n");
            case '\t' -> json.append("\\t");
            default -> {
                if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029') {
                    json.append(String.format("\\u%04x", (int) c));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
