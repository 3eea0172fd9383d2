package io.mysqlproxy.script.lua.lib;

import io.mysqlproxy.script.ScriptExit;
import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.file.SystemErrors;
import io.mysqlproxy.script.lua.text.DateFormat;
import io.mysqlproxy.script.lua.text.Latin1;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code os}: time, dates and processes. */
final class OsLibrary {
    private OsLibrary() {}

    static LuaTable table() {
        LuaTable os = new LuaTable();
        Builtin.add(os, "clock", a -> LuaValue.valueOf(clock()));
        Builtin.add(os, "difftime", a -> LuaValue.valueOf(a.number(1) - (a.missing(2) ? 0 : a.number(2))));
        Builtin.add(os, "getenv", OsLibrary::getenv);
        Builtin.add(os, "setlocale", OsLibrary::setlocale);
        Builtin.add(os, "remove", OsLibrary::remove);
        Builtin.add(os, "rename", OsLibrary::rename);
        Builtin.add(os, "tmpname", OsLibrary::tmpname);
        Builtin.add(os, "time", OsLibrary::time);
        Builtin.add(os, "date", OsLibrary::date);
        Builtin.add(os, "execute", OsLibrary::execute);
        Builtin.add(os, "exit", a -> {
            throw new ScriptExit(a.small(1, 0) & 0xff);
        });
        return os;
    }

    private static double clock() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static Varargs getenv(Arguments arguments) {
        String value = System.getenv(SystemErrors.path(arguments.string(1)));
        return value == null ? LuaValue.NIL : LuaString.valueUsing(value.getBytes(StandardCharsets.UTF_8));
    }

    /** There is the C locale only. */
    private static Varargs setlocale(Arguments arguments) {
        String wanted = arguments.missing(1) ? "" : Latin1.text(arguments.string(1));
        arguments.option(2, "all", "all", "collate", "ctype", "monetary", "numeric", "time");
        return wanted.isEmpty() || wanted.equals("C") || wanted.equals("POSIX") ? Latin1.string("C") : LuaValue.NIL;
    }

    private static Varargs remove(Arguments arguments) {
        LuaString name = arguments.string(1);
        try {
            Files.delete(Path.of(SystemErrors.path(name)));
            return LuaValue.TRUE;
        } catch (IOException e) {
            return SystemErrors.results(name, e);
        }
    }

    private static Varargs rename(Arguments arguments) {
        LuaString from = arguments.string(1);
        LuaString to = arguments.string(2);
        try {
            Files.move(
                    Path.of(SystemErrors.path(from)), Path.of(SystemErrors.path(to)), StandardCopyOption.ATOMIC_MOVE);
            return LuaValue.TRUE;
        } catch (IOException e) {
            return SystemErrors.results(from, e);
        }
    }

    private static Varargs tmpname(Arguments arguments) {
        try {
            return LuaValue.valueOf(Files.createTempFile("lua_", "").toString());
        } catch (IOException e) {
            throw Fault.of("unable to generate a unique filename");
        }
    }

    private static Varargs time(Arguments arguments) {
        if (arguments.missing(1)) {
            return seconds(Instant.now().getEpochSecond());
        }
        LuaTable date = arguments.table(1);
        long second = field(date, "sec", 0);
        long minute = field(date, "min", 0);
        long hour = field(date, "hour", 12);
        long day = field(date, "day", Long.MIN_VALUE);
        long month = field(date, "month", Long.MIN_VALUE);
        LocalDateTime time = LocalDateTime.of((int) field(date, "year", Long.MIN_VALUE), 1, 1, 0, 0)
                .plusMonths(month - 1)
                .plusDays(day - 1)
                .plusHours(hour)
                .plusMinutes(minute)
                .plusSeconds(second);
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
        String command = SystemErrors.path(arguments.string(1));
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
