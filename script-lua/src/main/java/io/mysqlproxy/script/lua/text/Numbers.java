package io.mysqlproxy.script.lua.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaString;

/** Numbers to text and back, as C does for Lua 5.1. Called from substituted methods. */
public final class Numbers {
    private static final Pattern HEX_FLOAT =
            Pattern.compile("0[xX](\\p{XDigit}+\\.?\\p{XDigit}*|\\.\\p{XDigit}+)([pP][+-]?[0-9]+)?");
    private static final int DIGITS = 14;
    private static final double ALL_DIGITS_SHOWN = 1e14;

    private Numbers() {}

    /** {@code %.14g}. */
    public static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < ALL_DIGITS_SHOWN) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        if (Double.isNaN(value)) {
            // what x86 gives for 0/0; Java cannot tell one NaN from another
            return "-nan";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-inf" : "inf";
        }
        String digits = Printf.general(Math.abs(value), DIGITS, false);
        return value < 0 ? "-" + digits : digits;
    }

    /** The number a string stands for, or NaN if for none. */
    public static double scan(LuaString string) {
        byte[] bytes = string.m_bytes;
        int start = string.m_offset;
        int end = end(bytes, start, start + string.m_length);
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        boolean negative = start < end && bytes[start] == '-';
        if (negative || start < end && bytes[start] == '+') {
            start++;
        }
        double value = isHex(bytes, start, end) ? hex(bytes, start, end) : decimal(bytes, start, end);
        return negative ? -value : value;
    }

    /** A whole number in some base, as C's {@code strtoul} reads it, which wraps negative ones; NaN if it is none. */
    public static double scan(LuaString string, int base) {
        String text = new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.ISO_8859_1);
        byte[] bytes = text.strip().getBytes(StandardCharsets.ISO_8859_1);
        boolean negative = bytes.length > 0 && bytes[0] == '-';
        int start = negative || bytes.length > 0 && bytes[0] == '+' ? 1 : 0;
        if (base == 16 && isHex(bytes, start, bytes.length)) {
            start += 2;
        }
        double value = digits(bytes, start, bytes.length, base);
        return negative && value > 0 ? 0x1p64 - value : value;
    }

    /** To C a NUL ends a text. */
    private static int end(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && bytes[i] != 0) {
            i++;
        }
        return i;
    }

    /** With a fraction and an exponent of two as C has them since 1999; Java wants the exponent always. */
    private static double hex(byte[] bytes, int start, int end) {
        double whole = digits(bytes, start + 2, end, 16);
        String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        if (!Double.isNaN(whole) || !HEX_FLOAT.matcher(text).matches()) {
            return whole;
        }
        return Double.parseDouble(text.indexOf('p') < 0 && text.indexOf('P') < 0 ? text + "p0" : text);
    }

    private static boolean isInfinity(byte[] bytes, int start, int end) {
        String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        return text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("infinity");
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    private static boolean isHex(byte[] bytes, int start, int end) {
        return end - start > 1 && bytes[start] == '0' && (bytes[start + 1] | 0x20) == 'x';
    }

    private static double digits(byte[] bytes, int start, int end, int base) {
        double value = start < end ? 0 : Double.NaN;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], base);
            if (digit < 0) {
                return Double.NaN;
            }
            value = value * base + digit;
        }
        return value;
    }

    private static double decimal(byte[] bytes, int start, int end) {
        int i = skipDigits(bytes, start, end);
        int digits = i - start;
        if (i < end && bytes[i] == '.') {
            int fraction = skipDigits(bytes, i + 1, end);
            digits += fraction - i - 1;
            i = fraction;
        }
        if (digits == 0) {
            return isInfinity(bytes, start, end) ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (i == end && digits == end - start && digits < 16) {
            return digits(bytes, start, end, 10);
        }
        if (i < end && !isExponent(bytes, i, end)) {
            return Double.NaN;
        }
        return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    }

    private static boolean isExponent(byte[] bytes, int start, int end) {
        int i = start + 1;
        if ((bytes[start] | 0x20) != 'e') {
            return false;
        }
        if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        return i < end && skipDigits(bytes, i, end) == end;
    }

    private static int skipDigits(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }
}
