package io.mysqlproxy.wire.sql;

import io.mysqlproxy.wire.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a statement into tokens. Never fails: a byte that begins nothing else is a token of its own, and what is not closed
 * ends with the statement. No byte is looked at more than a few times, so the time is linear in the length.
 *
 * <p>Where several rules fit, the longest match counts. It does not know what a statement means: {@code -} is never part of a
 * number, and {@code #} begins no comment.
 */
public final class Tokenizer {
    /** So many words that are joined by dots are one match, which shows where a keyword's place would be a name. */
    private static final int JOINED = 3;

    private final byte[] sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokenizer(byte[] sql) {
        this.sql = sql;
    }

    /** All tokens of a statement, in order; white space is none. */
    public static List<Token> tokenize(ByteString sql) {
        Tokenizer tokenizer = new Tokenizer(sql.bytes());
        while (tokenizer.at < tokenizer.sql.length) {
            tokenizer.next();
        }
        return tokenizer.tokens;
    }

    private void next() {
        int first = byteAt(at);
        if (Spans.isSpace(first)) {
            at++;
        } else if (first == '\'' || first == '"') {
            quoted(TokenType.STRING);
        } else if (first == '`') {
            quoted(TokenType.LITERAL);
        } else if (Spans.isWordPart(first) || first == '.') {
            wordOrNumber();
        } else if (!lineComment() && !comment()) {
            operator(first);
        }
    }

    /** Such as {@code 1e5}, {@code 1e5x}, {@code db.tbl}, {@code f(}: either a number, or words; the longer one. */
    private void wordOrNumber() {
        int number = Spans.number(sql, at);
        int words = wordsEnd();
        // a parenthesis counts for the match, though it stays
        boolean call = words > at && byteAt(words) == '(';
        if (number >= words + (call ? 1 : 0) && number > at) {
            boolean whole = Spans.digits(sql, at) == number;
            add(whole ? TokenType.INTEGER : TokenType.FLOAT, at, number, number);
        } else if (words > at) {
            words(words, call);
        } else {
            add(TokenType.DOT, at, at + 1, at + 1);
        }
    }

    /** The end of up to three words from here on, or here if there is none. */
    private int wordsEnd() {
        int end = Spans.word(sql, at);
        for (int i = 1; i < JOINED && end > at && byteAt(end) == '.'; i++) {
            int more = Spans.word(sql, end + 1);
            if (more == end + 1) {
                break;
            }
            end = more;
        }
        return end;
    }

    private void words(int end, boolean call) {
        while (at < end) {
            int stop = at;
            while (stop < end && sql[stop] != '.') {
                stop++;
            }
            add(call && stop == end ? TokenType.FUNCTION : word(stop), at, stop, stop);
            if (stop < end) {
                add(TokenType.DOT, stop, stop + 1, stop + 1);
            }
        }
    }

    private TokenType word(int end) {
        return TokenType.ofWord(new String(sql, at, end - at, StandardCharsets.ISO_8859_1));
    }

    private boolean lineComment() {
        if (!isAt(at, "--")) {
            return false;
        }
        int start = at + 2;
        if (isAt(start, "\n") || isAt(start, "\r\n")) {
            add(TokenType.COMMENT, start, start, byteAt(start) == '\n' ? start + 1 : start + 2);
            return true;
        } else if (byteAt(start) != ' ' && byteAt(start) != '\t') {
            return false;
        }
        int end = start + 1;
        while (end < sql.length && sql[end] != '\n') {
            end++;
        }
        add(TokenType.COMMENT, start + 1, end, end);
        return true;
    }

    private boolean comment() {
        if (!isAt(at, "/*")) {
            return false;
        }
        boolean executed = byteAt(at + 2) == '!';
        int start = executed ? at + 3 : at + 2;
        int end = start;
        while (end < sql.length && !isAt(end, "*/")) {
            end++;
        }
        add(executed ? TokenType.COMMENT_MYSQL : TokenType.COMMENT, start, end, Math.min(end + 2, sql.length));
        return true;
    }

    /** Twice the quote stands for itself; a backslash keeps the byte behind it from being one, and both stay. */
    private void quoted(TokenType type) {
        byte quote = sql[at++];
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (at < sql.length && (sql[at] != quote || byteAt(at + 1) == quote)) {
            if (sql[at] == quote) {
                at++;
            } else if (sql[at] == '\\' && at + 1 < sql.length) {
                text.write(sql[at++]);
            }
            text.write(sql[at++]);
        }
        at++;
        tokens.add(new Token(type, ByteString.of(text.toByteArray())));
    }

    private void operator(int first) {
        int second = byteAt(at + 1);
        TokenType pair = Operators.pair(first, second);
        int end = pair != null ? at + 2 : at + 1;
        add(pair != null ? pair : Operators.single(first), at, end, end);
    }

    private void add(TokenType type, int from, int to, int next) {
        tokens.add(new Token(type, ByteString.of(Arrays.copyOfRange(sql, from, to))));
        at = next;
    }

    private boolean isAt(int index, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (byteAt(index + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** 0 to 255, or -1 behind the end. */
    private int byteAt(int index) {
        return index < sql.length ? sql[index] & 0xFF : -1;
    }
}
