package io.mysqlproxy.wire.sql;

/** How far numbers and words reach. Each gives the index behind the last byte, or the start if there is none. */
final class Spans {
    private Spans() {}

    /** {@code [0-9]*}. */
    static int digits(byte[] sql, int from) {
        int end = from;
        while (end < sql.length && isDigit(sql[end])) {
            end++;
        }
        return end;
    }

    /** Digits, a point and digits, and an exponent if it has digits of its own. */
    static int number(byte[] sql, int from) {
        int end = digits(sql, from);
        if (end < sql.length && sql[end] == '.') {
            int fraction = digits(sql, end + 1);
            end = fraction > end + 1 ? fraction : end;
        }
        return end > from ? exponent(sql, end) : from;
    }

    private static int exponent(byte[] sql, int from) {
        if (from >= sql.length || (sql[from] | 0x20) != 'e') {
            return from;
        }
        boolean signed = from + 1 < sql.length && (sql[from + 1] == '+' || sql[from + 1] == '-');
        int start = from + (signed ? 2 : 1);
        int end = digits(sql, start);
        return end > start ? end : from;
    }

    /** {@code [0-9]*[A-Za-z_@][A-Za-z0-9_@]*}. */
    static int word(byte[] sql, int from) {
        int end = digits(sql, from);
        if (end == sql.length || !isWordPart(sql[end])) {
            return from;
        }
        while (end < sql.length && isWordPart(sql[end])) {
            end++;
        }
        return end;
    }

    static boolean isWordPart(int b) {
        int lower = b | 0x20;
        return isDigit(b) || lower >= 'a' && lower <= 'z' || b == '_' || b == '@';
    }

    static boolean isSpace(int b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }
}
