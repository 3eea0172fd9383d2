package io.mysqlproxy.script.lua.strings;

import io.mysqlproxy.script.lua.call.Arguments;
import io.mysqlproxy.script.lua.call.Fault;
import io.mysqlproxy.script.lua.text.Latin1;
import io.mysqlproxy.script.lua.text.Printf;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/** {@code string.format}: C's {@code printf} over byte strings. One object for each call. */
final class StringFormat {
    private final Arguments arguments;
    private final LuaString pattern;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int argument = 1;
    private int position;
    private String flags;
    private int width;
    private int precision;

    private StringFormat(Arguments arguments) {
        this.arguments = arguments;
        this.pattern = arguments.string(1);
    }

    static Varargs format(Arguments arguments) {
        StringFormat format = new StringFormat(arguments);
        format.run();
        return LuaString.valueUsing(format.out.toByteArray());
    }

    private void run() {
        while (position < pattern.length()) {
            int b = pattern.luaByte(position++);
            if (b != '%') {
                out.write(b);
            } else if (position < pattern.length() && pattern.luaByte(position) == '%') {
                out.write('%');
                position++;
            } else {
                directive();
            }
        }
    }

    private void directive() {
        argument++;
        if (argument > arguments.count()) {
            throw arguments.bad(argument, "no value");
        }
        int start = position;
        while ("-+ #0".indexOf(peek()) >= 0) {
            position++;
        }
        if (position - start > 5) {
            throw Fault.of("invalid format (repeated flags)");
        }
        flags = Latin1.text(pattern, start, position);
        width = twoDigits(0);
        precision = -1;
        if (peek() == '.') {
            position++;
            precision = twoDigits(0);
        }
        convert((char) peek());
        position++;
    }

    private void convert(char conversion) {
        switch (conversion) {
            case 'c' -> character((byte) arguments.integer(argument));
            case 'd', 'i' -> signed(arguments.integer(argument));
            case 'u', 'o', 'x', 'X' -> unsigned(conversion, bits(arguments.number(argument)));
            case 'e', 'E', 'f', 'g', 'G' -> real(conversion, arguments.number(argument));
            case 'q' -> quoted(arguments.string(argument));
            case 's' -> string();
            default -> throw Fault.of("invalid option '%" + (conversion == 0 ? "" : conversion) + "' to 'format'");
        }
    }

    /** To C a NUL ends the text, also the blanks before it. */
    private void character(byte b) {
        if (b != 0) {
            pad(new byte[] {b});
        } else if (!has('-')) {
            out.writeBytes(" ".repeat(Math.max(0, width - 1)).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void string() {
        byte[] bytes = Latin1.bytes(arguments.string(argument));
        pad(precision >= 0 && precision < bytes.length ? java.util.Arrays.copyOf(bytes, precision) : bytes);
    }

    private void signed(long value) {
        String digits = Long.toString(value);
        integer(value < 0 ? "-" : plus(), value < 0 ? digits.substring(1) : digits);
    }

    private void unsigned(char conversion, long value) {
        String digits = switch (conversion) {
            case 'u' -> Long.toUnsignedString(value);
            case 'o' -> Long.toOctalString(value);
            case 'x' -> Long.toHexString(value);
            default -> Long.toHexString(value).toUpperCase(Locale.ROOT);
        };
        boolean alternate = has('#') && value != 0;
        if (alternate && conversion == 'o') {
            digits = "0" + digits;
        }
        integer(alternate && (conversion | 0x20) == 'x' ? "0" + conversion : "", digits);
    }

    private void integer(String sign, String digits) {
        String shown = precision == 0 && digits.equals("0") ? "" : digits;
        number(sign, "0".repeat(Math.max(0, precision - shown.length())) + shown, precision < 0);
    }

    private void real(char conversion, double value) {
        boolean negative = value < 0 || value == 0 && 1 / value < 0 || Double.isNaN(value);
        String sign = negative ? "-" : plus();
        boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
        String digits = finite ? digits(conversion, Math.abs(value)) : Double.isNaN(value) ? "nan" : "inf";
        number(sign, Character.isUpperCase(conversion) ? digits.toUpperCase(Locale.ROOT) : digits, finite);
    }

    private String digits(char conversion, double value) {
        int wanted = precision < 0 ? 6 : precision;
        return switch (conversion) {
            case 'f' -> Printf.fixed(value, wanted, has('#'));
            case 'e', 'E' -> Printf.exponent(value, wanted, has('#'));
            default -> Printf.general(value, wanted, has('#'));
        };
    }

    private void number(String sign, String digits, boolean zeros) {
        int missing = width - sign.length() - digits.length();
        boolean fill = zeros && has('0') && !has('-') && missing > 0;
        String text = sign + (fill ? "0".repeat(missing) : "") + digits;
        pad(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void pad(byte[] bytes) {
        byte[] blanks = " ".repeat(Math.max(0, width - bytes.length)).getBytes(StandardCharsets.US_ASCII);
        out.writeBytes(has('-') ? bytes : blanks);
        out.writeBytes(has('-') ? blanks : bytes);
    }

    private void quoted(LuaString string) {
        out.write('"');
        for (int i = 0; i < string.length(); i++) {
            int b = string.luaByte(i);
            switch (b) {
                case '"', '\\', '\n' -> out.writeBytes(new byte[] {'\\', (byte) b});
                case '\r' -> out.writeBytes(new byte[] {'\\', 'r'});
                case 0 -> out.writeBytes(new byte[] {'\\', '0', '0', '0'});
                default -> out.write(b);
            }
        }
        out.write('"');
    }

    private String plus() {
        return has('+') ? "+" : has(' ') ? " " : "";
    }

    private boolean has(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    private int peek() {
        return position < pattern.length() ? pattern.luaByte(position) : 0;
    }

    private int twoDigits(int otherwise) {
        int value = otherwise;
        for (int i = 0; i < 2 && peek() >= '0' && peek() <= '9'; i++) {
            value = value * 10 + peek() - '0';
            position++;
        }
        if (peek() >= '0' && peek() <= '9') {
            throw Fault.of("invalid format (width or precision too long)");
        }
        return value;
    }

    /** The 64 bits that C makes of a double, negative or above the signed range. */
    private static long bits(double value) {
        return value >= 0x1p63 ? new BigDecimal(value).toBigInteger().longValue() : (long) value;
    }
}
