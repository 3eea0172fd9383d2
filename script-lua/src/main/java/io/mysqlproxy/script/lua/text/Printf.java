package io.mysqlproxy.script.lua.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** C's conversions of a finite, not negative double. Exact: the binary value is rounded once, ties to even. */
public final class Printf {
    private Printf() {}

    /** {@code %f}. */
    public static String fixed(double value, int precision, boolean alternate) {
        String text = new BigDecimal(value)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        return alternate && precision == 0 ? text + "." : text;
    }

    /** {@code %e}. */
    public static String exponent(double value, int precision, boolean alternate) {
        BigDecimal rounded = rounded(value, precision + 1);
        return scientific(rounded, exponentOf(rounded), precision, alternate);
    }

    /** {@code %g}. */
    public static String general(double value, int precision, boolean alternate) {
        int digits = precision == 0 ? 1 : precision;
        BigDecimal rounded = rounded(value, digits);
        int exponent = exponentOf(rounded);
        String text = exponent < -4 || exponent >= digits
                ? scientific(rounded, exponent, digits - 1, alternate)
                : rounded.setScale(digits - 1 - exponent, RoundingMode.UNNECESSARY)
                        .toPlainString();
        return alternate ? text : withoutTrailingZeros(text);
    }

    private static BigDecimal rounded(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static int exponentOf(BigDecimal value) {
        return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
    }

    private static String scientific(BigDecimal value, int exponent, int precision, boolean alternate) {
        StringBuilder text = new StringBuilder(value.unscaledValue().toString());
        while (text.length() < precision + 1) {
            text.append('0');
        }
        text.setLength(precision + 1);
        if (precision > 0 || alternate) {
            text.insert(1, '.');
        }
        int size = Math.abs(exponent);
        return text.append(exponent < 0 ? "e-" : "e+")
                .append(size < 10 ? "0" : "")
                .append(size)
                .toString();
    }

    private static String withoutTrailingZeros(String text) {
        int mantissa = text.indexOf('e') < 0 ? text.length() : text.indexOf('e');
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = mantissa;
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        if (text.charAt(end - 1) == '.') {
            end--;
        }
        return text.substring(0, end) + text.substring(mantissa);
    }
}
