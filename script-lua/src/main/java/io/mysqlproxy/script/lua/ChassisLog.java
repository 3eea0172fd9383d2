package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Builtin;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What Lua's {@code chassis} has beyond other languages': a log line begins with the place it comes from, and {@code print}
 * writes one.
 */
final class ChassisLog {
    private static final List<String> LEVELS = List.of("critical", "warning", "message", "info", "debug");
    private static final int HIGHEST_FRAME = 10;

    private final SharedGlobals globals;
    private final String basedir;

    private ChassisLog(SharedGlobals globals, Path basedir) {
        this.globals = globals;
        this.basedir = basedir + "/";
    }

    /** Changes the module when it is loaded, which is once. */
    static void open(SharedGlobals globals, LuaTable chassis, Path basedir) {
        ChassisLog log = new ChassisLog(globals, basedir);
        LuaValue plain = chassis.get("log");
        chassis.rawset("log", new Builtin("log", a -> plain.invoke(a.get(1), log.text(a, 2))));
        for (String level : LEVELS) {
            LuaValue plainLevel = chassis.get(level);
            chassis.rawset(level, new Builtin(level, a -> plainLevel.invoke(log.text(a, 1))));
        }
        LuaValue message = chassis.get("message");
        globals.get("os").set("print", globals.get("print"));
        globals.rawset("print", new Builtin("print", a -> message.invoke(log.line(a))));
    }

    /** Scripts know the number 2 from all these functions, wherever the text stands. */
    private LuaValue text(Arguments arguments, int index) {
        LuaValue text = arguments.get(index);
        if (!text.isnil() && !text.isstring()) {
            throw arguments.bad(2, "string expected, got " + text.typename());
        }
        return string("(" + place() + ") ").concat(text.isnil() ? string("nil") : text.strvalue());
    }

    private LuaValue line(Arguments arguments) {
        LuaValue tostring = globals.get("tostring");
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int i = 1; i <= arguments.count(); i++) {
            if (i > 1) {
                line.write('\t');
            }
            LuaString text = tostring.call(arguments.get(i)).strvalue();
            line.write(text.m_bytes, text.m_offset, text.m_length);
        }
        return arguments.count() == 0 ? LuaValue.NIL : LuaString.valueUsing(line.toByteArray());
    }

    /** The nearest function on the way up that is from a file; else the last one looked at. */
    private String place() {
        if (!(globals.get("debug").get("getinfo") instanceof LuaFunction getinfo)) {
            return "?:0";
        }
        String place = "?:0";
        for (int level = 1; level <= HIGHEST_FRAME; level++) {
            Varargs info = getinfo.invoke(LuaValue.valueOf(level), LuaValue.valueOf("Sl"));
            if (info.isnil(1)) {
                break;
            }
            String source = info.arg1().get("source").tojstring();
            boolean file = source.startsWith("/") || source.startsWith("@");
            String name = source.startsWith("@") ? source.substring(1) : source;
            place = (name.startsWith(basedir) ? name.substring(basedir.length()) : name) + ":"
                    + info.arg1().get("currentline").tojstring();
            if (file) {
                break;
            }
        }
        return place;
    }

    private static LuaString string(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
    }
}
