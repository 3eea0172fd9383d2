package io.mysqlproxy.script.lua.file;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.text.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code "*n"}, {@code "*l"}, {@code "*a"} and counts. */
final class ReadFormats {
    private ReadFormats() {}

    /** What the formats from an argument on ask for; up to the first that finds nothing. */
    static Varargs read(ByteStream stream, Arguments arguments, int first) throws IOException {
        int count = arguments.count() - first + 1;
        if (count <= 0) {
            return line(stream);
        }
        LuaValue[] values = new LuaValue[count];
        for (int i = 0; i < count; i++) {
            values[i] = one(stream, arguments, first + i);
            if (values[i].isnil()) {
                return LuaValue.varargsOf(java.util.Arrays.copyOf(values, i + 1));
            }
        }
        return LuaValue.varargsOf(values);
    }

    private static LuaValue one(ByteStream stream, Arguments arguments, int index) throws IOException {
        if (arguments.get(index).type() == LuaValue.TNUMBER) {
            return bytes(stream, arguments.small(index));
        }
        LuaString format = arguments.get(index) instanceof LuaString text ? text : LuaValue.EMPTYSTRING;
        if (format.m_length == 0 || format.luaByte(0) != '*') {
            throw arguments.bad(index, "invalid option");
        }
        return switch (format.m_length < 2 ? 0 : format.luaByte(1)) {
            case 'n' -> number(stream);
            case 'l' -> line(stream);
            case 'a' -> all(stream);
            default -> throw arguments.bad(index, "invalid format");
        };
    }

    /** A line without its end, or nil at the end of the file. */
    static LuaValue line(ByteStream stream) throws IOException {
        if (stream.peek() == ByteStream.END) {
            return LuaValue.NIL;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = stream.read(); b != ByteStream.END && b != '\n'; b = stream.read()) {
            line.write(b);
        }
        return LuaString.valueUsing(line.toByteArray());
    }

    private static LuaValue bytes(ByteStream stream, int count) throws IOException {
        if (stream.peek() == ByteStream.END) {
            return LuaValue.NIL;
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (read.size() < count && stream.peek() != ByteStream.END) {
            read.write(stream.read());
        }
        return LuaString.valueUsing(read.toByteArray());
    }

    private static LuaValue all(ByteStream stream) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int b = stream.read(); b != ByteStream.END; b = stream.read()) {
            read.write(b);
        }
        return LuaString.valueUsing(read.toByteArray());
    }

    /** Takes what may be part of a number, as C's {@code scanf} does, even if it is none in the end. */
    private static LuaValue number(ByteStream stream) throws IOException {
        while (stream.peek() == ' ' || stream.peek() >= '\t' && stream.peek() <= '\r') {
            stream.skip();
        }
        StringBuilder text = new StringBuilder();
        take(stream, text, "+-", 1);
        boolean zero = stream.peek() == '0';
        take(stream, text, "0", 1);
        boolean hex = zero && take(stream, text, "xX", 1) > 0;
        String digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
        int found = take(stream, text, digits, Integer.MAX_VALUE) + (zero && !hex ? 1 : 0);
        if (!hex && take(stream, text, ".", 1) > 0) {
            found += take(stream, text, digits, Integer.MAX_VALUE);
        }
        if (!hex && found > 0 && take(stream, text, "eE", 1) > 0) {
            take(stream, text, "+-", 1);
            take(stream, text, digits, Integer.MAX_VALUE);
        }
        double value = Numbers.scan(LuaValue.valueOf(text.toString()));
        return Double.isNaN(value) ? LuaValue.NIL : LuaValue.valueOf(value);
    }

    private static int take(ByteStream stream, StringBuilder text, String allowed, int most) throws IOException {
        int taken = 0;
        while (taken < most && stream.peek() != ByteStream.END && allowed.indexOf(stream.peek()) >= 0) {
            text.append((char) stream.read());
            taken++;
        }
        return taken;
    }
}
