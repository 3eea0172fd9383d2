package io.mysqlproxy.script.lua.call;

import io.mysqlproxy.script.lua.text.Latin1;

/** {@code debug.traceback}. */
public final class Traceback {
    private static final int FIRST_LEVELS = 12;
    private static final int LAST_LEVELS = 10;

    private Traceback() {}

    /** The lines from a level on; of many, those in the middle are left out. */
    public static String of(Frames frames, int from) {
        StringBuilder text = new StringBuilder("stack traceback:");
        boolean first = true;
        int level = from;
        while (frames != null && frames.at(level) != null) {
            if (first && level >= FIRST_LEVELS) {
                first = false;
                int rest = level + 1;
                if (frames.at(rest + LAST_LEVELS) != null) {
                    text.append("\n\t...");
                    while (frames.at(rest + LAST_LEVELS) != null) {
                        rest++;
                    }
                    level = rest;
                }
            } else {
                append(text, FunctionInfo.of(frames, level++));
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, FunctionInfo info) {
        String source = Latin1.text(Positions.shortSource(info.source()));
        text.append("\n\t").append(source).append(':');
        if (info.line() > 0) {
            text.append(info.line()).append(':');
        }
        if (info.name() != null) {
            text.append(" in function '").append(info.name().name()).append('\'');
        } else if (info.what().equals("main")) {
            text.append(" in main chunk");
        } else if (info.what().equals("Lua")) {
            text.append(" in function <").append(source).append(':');
            text.append(info.lineDefined()).append('>');
        } else {
            text.append(" ?");
        }
    }
}
