package io.mysqlproxy.wire.sql;

/** Marks of one or two bytes. */
final class Operators {
    private Operators() {}

    /** Null if the two are none together. */
    static TokenType pair(int first, int second) {
        return switch (first) {
            case '<' -> second == '=' ? TokenType.LE : second == '>' ? TokenType.NE : null;
            case '>' -> second == '=' ? TokenType.GE : null;
            case '!' -> second == '=' ? TokenType.NE : null;
            case ':' -> second == '=' ? TokenType.ASSIGN : null;
            case '&' -> second == '&' ? TokenType.LOGICAL_AND : null;
            case '|' -> second == '|' ? TokenType.LOGICAL_OR : null;
            default -> null;
        };
    }

    static TokenType single(int mark) {
        return switch (mark) {
            case ',' -> TokenType.COMMA;
            case '.' -> TokenType.DOT;
            case '<' -> TokenType.LT;
            case '>' -> TokenType.GT;
            case '=' -> TokenType.EQ;
            case '(' -> TokenType.OBRACE;
            case ')' -> TokenType.CBRACE;
            case ';' -> TokenType.SEMICOLON;
            case '*' -> TokenType.STAR;
            case '+' -> TokenType.PLUS;
            case '/' -> TokenType.DIV;
            case '-' -> TokenType.MINUS;
            case '&' -> TokenType.BITWISE_AND;
            case '|' -> TokenType.BITWISE_OR;
            case '^' -> TokenType.BITWISE_XOR;
            default -> TokenType.UNKNOWN;
        };
    }
}
