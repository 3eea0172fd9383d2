package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.ScriptExit;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.DateFormat;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code os}: time, dates and processes. */
final class OsLibrary {
    private OsLibrary() {}

    static void open(LuaTable globals) {
        LuaTable os = globals.get("os").checktable();
        Builtin.add(os, "time", OsLibrary::time);
        Builtin.add(os, "date", OsLibrary::date);
        Builtin.add(os, "execute", OsLibrary::execute);
        Builtin.add(os, "exit", a -> {
            throw new ScriptExit((int) a.integer(1, 0) & 0xff);
        });
    }

    private static Varargs time(Arguments arguments) {
        if (arguments.missing(1)) {
            return seconds(Instant.now().getEpochSecond());
        }
        LuaTable date = arguments.table(1);
        LocalDateTime time = LocalDateTime.of((int) field(date, "year", Long.MIN_VALUE), 1, 1, 0, 0)
                .plusMonths(field(date, "month", Long.MIN_VALUE) - 1)
                .plusDays(field(date, "day", Long.MIN_VALUE) - 1)
                .plusHours(field(date, "hour", 12))
                .plusMinutes(field(date, "min", 0))
                .plusSeconds(field(date, "sec", 0));
        return seconds(time.atZone(ZoneId.systemDefault()).toEpochSecond());
    }

    private static LuaValue seconds(long seconds) {
        return LuaValue.valueOf((double) seconds);
    }

    private static long field(LuaTable date, String name, long otherwise) {
        LuaValue value = date.get(name);
        if (value.isnumber()) {
            return (long) value.todouble();
        }
        if (otherwise == Long.MIN_VALUE) {
            throw Fault.of("field '" + name + "' missing in date table");
        }
        return otherwise;
    }

    private static Varargs date(Arguments arguments) {
        String format = arguments.missing(1) ? "%c" : Latin1.text(arguments.string(1));
        boolean utc = format.startsWith("!");
        String rest = utc ? format.substring(1) : format;
        Instant instant = arguments.missing(2) ? Instant.now() : Instant.ofEpochSecond(arguments.integer(2));
        ZonedDateTime time = instant.atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault());
        return rest.startsWith("*t") ? fields(time) : Latin1.string(DateFormat.format(rest, time));
    }

    private static LuaTable fields(ZonedDateTime time) {
        LuaTable table = new LuaTable();
        table.rawset("year", time.getYear());
        table.rawset("month", time.getMonthValue());
        table.rawset("day", time.getDayOfMonth());
        table.rawset("hour", time.getHour());
        table.rawset("min", time.getMinute());
        table.rawset("sec", time.getSecond());
        table.rawset("wday", time.getDayOfWeek().getValue() % 7 + 1);
        table.rawset("yday", time.getDayOfYear());
        boolean summer = time.getZone().getRules().isDaylightSavings(time.toInstant());
        table.rawset("isdst", LuaValue.valueOf(summer));
        return table;
    }

    /** The wait status that C's {@code system} gives; 1 says that there is a shell. */
    private static Varargs execute(Arguments arguments) {
        if (arguments.missing(1)) {
            return LuaValue.ONE;
        }
        String command = arguments.string(1).tojstring();
        try {
            Process shell =
                    new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start();
            return LuaValue.valueOf(shell.waitFor() << 8);
        } catch (IOException e) {
            return LuaValue.valueOf(-1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LuaValue.valueOf(-1);
        }
    }
}
