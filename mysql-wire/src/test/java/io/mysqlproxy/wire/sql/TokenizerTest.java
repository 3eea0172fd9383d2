package io.mysqlproxy.wire.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.wire.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    /** {@code NAME:text|NAME:text}, one character per byte. */
    private static String tokens(String sql) {
        return Tokenizer.tokenize(bytes(sql)).stream()
                .map(token ->
                        token.type().name().substring(3) + ":" + token.text().latin1())
                .collect(Collectors.joining("|"));
    }

    private static ByteString bytes(String latin1) {
        return ByteString.of(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\u0001',
            emptyValue = "",
            textBlock = """
        select 1 => SQL_SELECT:select|INTEGER:1
        -- x => COMMENT:x
        --x => MINUS:-|MINUS:-|LITERAL:x
        -- => MINUS:-|MINUS:-
        1 -- 1 => INTEGER:1|COMMENT:1
        1--1 => INTEGER:1|MINUS:-|MINUS:-|INTEGER:1
        # c => UNKNOWN:#|LITERAL:c
        /*!50000 a /* b */ c */ => COMMENT_MYSQL:50000 a /* b |LITERAL:c|STAR:*|DIV:/
        /* unterminated => COMMENT: unterminated
        /*! 1 */ => COMMENT_MYSQL: 1\s
        /*+ hint */ => COMMENT:+ hint\s
        x'41' => LITERAL:x|STRING:41
        N'a' => LITERAL:N|STRING:a
        _utf8'x' => LITERAL:_utf8|STRING:x
        0xFF => LITERAL:0xFF
        0b01 => LITERAL:0b01
        12abc => LITERAL:12abc
        1_a => LITERAL:1_a
        1e => LITERAL:1e
        1ea => LITERAL:1ea
        1.5 => FLOAT:1.5
        .5 => FLOAT:.5
        1e5 => FLOAT:1e5
        1E-5 => FLOAT:1E-5
        1. => INTEGER:1|DOT:.
        1..2 => INTEGER:1|DOT:.|FLOAT:.2
        1.2.3 => FLOAT:1.2|FLOAT:.3
        1.5e+3x => FLOAT:1.5e+3|LITERAL:x
        1e+1e => FLOAT:1e+1|LITERAL:e
        .1t => FLOAT:.1|LITERAL:t
        e1.1e+1 => LITERAL:e1|DOT:.|LITERAL:1e|PLUS:+|INTEGER:1
        e1 . 1e+1 => LITERAL:e1|DOT:.|FLOAT:1e+1
        a.5e5 => LITERAL:a|DOT:.|LITERAL:5e5
        a.1 => LITERAL:a|FLOAT:.1
        1.a => INTEGER:1|DOT:.|LITERAL:a
        5.a.b => INTEGER:5|DOT:.|LITERAL:a|DOT:.|LITERAL:b
        a.b.c.d => LITERAL:a|DOT:.|LITERAL:b|DOT:.|LITERAL:c|DOT:.|LITERAL:d
        @a => LITERAL:@a
        @@global.x => LITERAL:@@global|DOT:.|LITERAL:x
        @`a b` => LITERAL:@|LITERAL:a b
        u@h => LITERAL:u@h
        a$b => LITERAL:a|UNKNOWN:$|LITERAL:b
        a%b => LITERAL:a|UNKNOWN:%|LITERAL:b
        count(*) => FUNCTION:count|OBRACE:(|STAR:*|CBRACE:)
        f (1) => LITERAL:f|OBRACE:(|INTEGER:1|CBRACE:)
        db.f(1) => LITERAL:db|DOT:.|FUNCTION:f|OBRACE:(|INTEGER:1|CBRACE:)
        values('a') => FUNCTION:values|OBRACE:(|STRING:a|CBRACE:)
        values ('a') => SQL_VALUES:values|OBRACE:(|STRING:a|CBRACE:)
        in(1) => FUNCTION:in|OBRACE:(|INTEGER:1|CBRACE:)
        a.select( => LITERAL:a|DOT:.|FUNCTION:select|OBRACE:(
        <=> => LE:<=|GT:>
        << => LT:<|LT:<
        tab\u00c3\u00a9le => LITERAL:tab|UNKNOWN:\u00c3|UNKNOWN:\u00a9|LITERAL:le
        BEGIN => LITERAL:BEGIN
        COMMIT => LITERAL:COMMIT
        ROLLBACK => LITERAL:ROLLBACK
        START => LITERAL:START
        GLOBAL => LITERAL:GLOBAL
        SESSION => LITERAL:SESSION
        ENGINE => LITERAL:ENGINE
        TRUNCATE => LITERAL:TRUNCATE
        WARNINGS => LITERAL:WARNINGS
        """,
            ignoreLeadingAndTrailingWhitespace = false)
    @Tag("L-27")
    void observedExamples(String sql, String expected) {
        assertThat(tokens(sql)).isEqualTo(expected);
    }

    @Test
    @Tag("L-27")
    void observedExamplesWithControlBytes() {
        assertThat(tokens("")).isEmpty();
        assertThat(tokens(" \t\n\u000b\f\r ")).isEmpty();
        assertThat(tokens("-- a\r\nSELECT 1")).isEqualTo("COMMENT:a\r|SQL_SELECT:SELECT|INTEGER:1");
        assertThat(tokens("SELECT\0X")).isEqualTo("SQL_SELECT:SELECT|UNKNOWN:\0|LITERAL:X");
        assertThat(tokens("--\n1--\r\n2--\t3")).isEqualTo("COMMENT:|INTEGER:1|COMMENT:|INTEGER:2|COMMENT:3");
    }

    @Test
    void operators() {
        assertThat(tokens(", . < > <= >= = <> != ( ) ; := * + / -"))
                .isEqualTo("COMMA:,|DOT:.|LT:<|GT:>|LE:<=|GE:>=|EQ:=|NE:<>|NE:!=|OBRACE:(|CBRACE:)|SEMICOLON:;"
                        + "|ASSIGN::=|STAR:*|PLUS:+|DIV:/|MINUS:-");
        assertThat(tokens("& && | || ^"))
                .isEqualTo("BITWISE_AND:&|LOGICAL_AND:&&|BITWISE_OR:||LOGICAL_OR:|||BITWISE_XOR:^");
        assertThat(tokens("!:")).isEqualTo("UNKNOWN:!|UNKNOWN::");
    }

    @Test
    void theLongerOfNumberAndWords() {
        assertThat(tokens("1e5a 1e5.a 1e5("))
                .isEqualTo("LITERAL:1e5a|LITERAL:1e5|DOT:.|LITERAL:a|FUNCTION:1e5|OBRACE:(");
        assertThat(tokens("a..b .a a.b.c.d(")).startsWith("LITERAL:a|DOT:.|DOT:.|LITERAL:b|DOT:.|LITERAL:a|LITERAL:a");
        assertThat(tokens("a.b.c.d(")).endsWith("LITERAL:c|DOT:.|FUNCTION:d|OBRACE:(");
    }

    @Test
    @Tag("L-30")
    void doubledQuotesStandForThemselves() {
        assertThat(tokens("\"a\"\"b\" 'a''b' `a``b`")).isEqualTo("STRING:a\"b|STRING:a'b|LITERAL:a`b");
        assertThat(tokens("\"a'b`c\" 'a\"b`c' `a'b\"c`")).isEqualTo("STRING:a'b`c|STRING:a\"b`c|LITERAL:a'b\"c");
        assertThat(tokens("SELEcT")).isEqualTo("SQL_SELECT:SELEcT");
    }

    @Test
    @Tag("L-31")
    void nothingIsCarriedOver() {
        assertThat(tokens("SELECT \"foo")).isEqualTo("SQL_SELECT:SELECT|STRING:foo");
        assertThat(tokens("SELECT \"foo\"")).isEqualTo("SQL_SELECT:SELECT|STRING:foo");
        assertThat(tokens("'")).isEqualTo("STRING:");
        assertThat(tokens("`a")).isEqualTo("LITERAL:a");
    }

    @Test
    @Tag("L-32")
    void closingQuotesAndBackslashes() {
        assertThat(tokens("'a'\"b\"")).isEqualTo("STRING:a|STRING:b");
        assertThat(tokens("'a\\\nb'")).isEqualTo("STRING:a\\\nb");
        assertThat(tokens("'a\\'b' 'a\\\\' 'a\nb'")).isEqualTo("STRING:a\\'b|STRING:a\\\\|STRING:a\nb");
        assertThat(tokens("'a\\")).isEqualTo("STRING:a\\");
    }

    @Test
    void commentsThatHardlyAreSome() {
        assertThat(tokens("/*/ */")).isEqualTo("COMMENT:/ ");
        assertThat(tokens("/**/1/*!*/2")).isEqualTo("COMMENT:|INTEGER:1|COMMENT_MYSQL:|INTEGER:2");
        assertThat(tokens("/*")).isEqualTo("COMMENT:");
        assertThat(tokens("/*!")).isEqualTo("COMMENT_MYSQL:");
        assertThat(tokens("/* a *")).isEqualTo("COMMENT: a *");
    }

    @Test
    @Tag("L-28")
    void ids() {
        assertThat(ids("SELECT ACCESSIBLE ZEROFILL x /*! */ +")).containsExactly(204, 28, 260, 9, 261, 20);
        assertThat(ids("CREATE FROM INT TABLE")).containsExactly(59, 105, 123, 222);
        List<TokenType> all = TokenType.all();
        assertThat(all).hasSize(262);
        for (int id = 0; id < all.size(); id++) {
            assertThat(all.get(id).id()).isEqualTo(id);
        }
    }

    private static List<Integer> ids(String sql) {
        return Tokenizer.tokenize(bytes(sql)).stream()
                .map(token -> token.type().id())
                .toList();
    }

    @Test
    @Tag("L-29")
    void keywordsInAnyCase() {
        List<TokenType> keywords = TokenType.all().stream()
                .filter(type -> type.name().startsWith("TK_SQL_"))
                .toList();
        assertThat(keywords).hasSize(233);
        for (TokenType keyword : keywords) {
            String word = keyword.name().substring("TK_SQL_".length());
            String mixed = word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
            for (String spelling : List.of(word, word.toLowerCase(Locale.ROOT), mixed)) {
                assertThat(Tokenizer.tokenize(bytes(spelling))).containsExactly(new Token(keyword, bytes(spelling)));
                assertThat(tokens("`" + spelling + "`")).isEqualTo("LITERAL:" + spelling);
                assertThat(tokens(spelling + "x")).doesNotStartWith("SQL_" + word + ":");
            }
        }
        assertThat(tokens("`select`")).isEqualTo("LITERAL:select");
    }

    @Test
    void everyByteAlone() {
        for (int b = 0; b < 256; b++) {
            String text = String.valueOf((char) b);
            List<Token> tokens = Tokenizer.tokenize(bytes(text));
            if (" \t\n\u000b\f\r".contains(text)) {
                assertThat(tokens).isEmpty();
            } else if ("'\"`".contains(text)) {
                assertThat(tokens.get(0).text()).isEqualTo(ByteString.EMPTY);
            } else {
                assertThat(tokens)
                        .singleElement()
                        .satisfies(t -> assertThat(t.text()).isEqualTo(bytes(text)));
            }
            if (b >= 0x80) {
                assertThat(tokens.get(0).type()).isEqualTo(TokenType.UNKNOWN);
            }
        }
    }

    @Test
    void everyPairOfBytesEnds() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                Tokenizer.tokenize(ByteString.of(new byte[] {(byte) a, (byte) b}));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.", "1.", "1", "1e", "1e+", ".1", "a", "a.1", "'", "''", "'a", "`", "\\'", "/*", "/*!", "*/", "--",
                "-- ", "--\n", "(", "a(", "1.1e", "@", "\u00e9", " ", "a.b.c(", "'a' ", "-", "1e1.", "/"
            })
    @Timeout(20)
    @Tag("L-33")
    void longTextsTakeLinearTime(String part) {
        String text = part.repeat((1 << 20) / part.length());
        long start = System.nanoTime();
        List<Token> tokens = Tokenizer.tokenize(bytes(text));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(tokens.size()).isLessThanOrEqualTo(text.length());
    }

    @Test
    @Tag("L-33")
    void severalThreadsAtOnce() throws Exception {
        String sql = "SELECT a.b, count(*), 'x''y' FROM `t` /* c */ WHERE a >= 1.5e3 -- end";
        String expected = tokens(sql);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> work = () -> {
                boolean same = true;
                for (int i = 0; i < 2000; i++) {
                    same &= tokens(sql).equals(expected);
                }
                return same;
            };
            for (Future<Boolean> each : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
