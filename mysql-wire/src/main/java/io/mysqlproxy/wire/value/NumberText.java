package io.mysqlproxy.wire.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Floating point numbers as the server's text protocol prints them: the fewest digits that read back as the same double,
 * or six for a float; an exponent only where the point would be more than 15 digits away; {@code 1e15}, not
 * {@code 1.0E15}. Columns with a fixed number of decimals are rounded to it.
 *
 * <p>Source: manual, "Floating-Point Types (Approximate Value) - FLOAT, DOUBLE", and what servers send.
 */
final class NumberText {
    /** The value of decimals that means: as many as needed. */
    private static final int NOT_FIXED = 31;

    private static final int FLOAT_DIGITS = 6;
    private static final int DOUBLE_DIGITS = 15;
    private static final int MOST_DIGITS = 17;

    private NumberText() {}

    static String of(float value, int decimals) {
        if (decimals < NOT_FIXED || !isNumber(value)) {
            return of((double) value, decimals);
        }
        return sign(value) + print(exact(value).round(new MathContext(FLOAT_DIGITS, RoundingMode.HALF_EVEN)));
    }

    static String of(double value, int decimals) {
        if (!isNumber(value)) {
            return Double.toString(value).toLowerCase(Locale.ROOT);
        }
        String digits = decimals < NOT_FIXED
                ? exact(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
                : print(shortest(value));
        return sign(value) + digits;
    }

    private static boolean isNumber(double value) {
        return !Double.isNaN(value) && !Double.isInfinite(value);
    }

    /** Zero has a sign, too. */
    private static String sign(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    }

    private static BigDecimal exact(double value) {
        return new BigDecimal(Math.abs(value));
    }

    /** Double.toString of this Java version does not always find the shortest; 15 digits suffice for most values. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = exact(value);
        int digits = Math.abs(value) < Double.MIN_NORMAL ? 1 : DOUBLE_DIGITS;
        BigDecimal rounded = exact;
        while (digits <= MOST_DIGITS) {
            rounded = exact.round(new MathContext(digits++, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == Math.abs(value)) {
                return rounded;
            }
        }
        return rounded;
    }

    private static String print(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        int point = digits.length() - stripped.scale();
        if (point > DOUBLE_DIGITS || point <= -DOUBLE_DIGITS) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return digits.charAt(0) + fraction + "e" + (point - 1);
        }
        return stripped.toPlainString();
    }
}
