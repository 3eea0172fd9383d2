package io.mysqlproxy.wire.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a token is. Scripts compare numbers and names, so neither may ever change; there are no others than these.
 *
 * @param id 0 to 261
 * @param name {@code TK_} and more; of a keyword {@code TK_SQL_} and the keyword
 */
public record TokenType(int id, String name) {
    private static final List<TokenType> ALL = new ArrayList<>();
    private static final Map<String, TokenType> KEYWORDS = new HashMap<>();

    public static final TokenType UNKNOWN = next("UNKNOWN");
    public static final TokenType LE = next("LE");
    public static final TokenType GE = next("GE");
    public static final TokenType LT = next("LT");
    public static final TokenType GT = next("GT");
    public static final TokenType EQ = next("EQ");
    public static final TokenType NE = next("NE");
    public static final TokenType STRING = next("STRING");
    public static final TokenType COMMENT = next("COMMENT");
    public static final TokenType LITERAL = next("LITERAL");
    public static final TokenType FUNCTION = next("FUNCTION");
    public static final TokenType INTEGER = next("INTEGER");
    public static final TokenType FLOAT = next("FLOAT");
    public static final TokenType DOT = next("DOT");
    public static final TokenType COMMA = next("COMMA");
    public static final TokenType ASSIGN = next("ASSIGN");
    public static final TokenType OBRACE = next("OBRACE");
    public static final TokenType CBRACE = next("CBRACE");
    public static final TokenType SEMICOLON = next("SEMICOLON");
    public static final TokenType STAR = next("STAR");
    public static final TokenType PLUS = next("PLUS");
    public static final TokenType MINUS = next("MINUS");
    public static final TokenType DIV = next("DIV");
    public static final TokenType BITWISE_AND = next("BITWISE_AND");
    public static final TokenType BITWISE_OR = next("BITWISE_OR");
    public static final TokenType BITWISE_XOR = next("BITWISE_XOR");
    public static final TokenType LOGICAL_AND = next("LOGICAL_AND");
    public static final TokenType LOGICAL_OR = next("LOGICAL_OR");

    static {
        String words = """
                ACCESSIBLE ACTION ADD ALL ALTER ANALYZE AND AS ASC ASENSITIVE BEFORE BETWEEN BIGINT BINARY BIT BLOB BOTH BY
                CALL CASCADE CASE CHANGE CHAR CHARACTER CHECK COLLATE COLUMN CONDITION CONSTRAINT CONTINUE CONVERT CREATE
                CROSS CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURSOR DATABASE DATABASES DATE DAY_HOUR
                DAY_MICROSECOND DAY_MINUTE DAY_SECOND DEC DECIMAL DECLARE DEFAULT DELAYED DELETE DESC DESCRIBE DETERMINISTIC
                DISTINCT DISTINCTROW DIV DOUBLE DROP DUAL EACH ELSE ELSEIF ENCLOSED ENUM ESCAPED EXISTS EXIT EXPLAIN FALSE
                FETCH FLOAT FLOAT4 FLOAT8 FOR FORCE FOREIGN FROM FULLTEXT GRANT GROUP HAVING HIGH_PRIORITY HOUR_MICROSECOND
                HOUR_MINUTE HOUR_SECOND IF IGNORE IN INDEX INFILE INNER INOUT INSENSITIVE INSERT INT INT1 INT2 INT3 INT4 INT8
                INTEGER INTERVAL INTO IS ITERATE JOIN KEY KEYS KILL LEADING LEAVE LEFT LIKE LIMIT LINEAR LINES LOAD LOCALTIME
                LOCALTIMESTAMP LOCK LONG LONGBLOB LONGTEXT LOOP LOW_PRIORITY MASTER_SSL_VERIFY_SERVER_CERT MATCH MEDIUMBLOB
                MEDIUMINT MEDIUMTEXT MIDDLEINT MINUTE_MICROSECOND MINUTE_SECOND MOD MODIFIES NATURAL NO NOT NO_WRITE_TO_BINLOG
                NULL NUMERIC ON OPTIMIZE OPTION OPTIONALLY OR ORDER OUT OUTER OUTFILE PRECISION PRIMARY PROCEDURE PURGE RANGE
                READ READ_ONLY READS READ_WRITE REAL REFERENCES REGEXP RELEASE RENAME REPEAT REPLACE REQUIRE RESTRICT RETURN
                REVOKE RIGHT RLIKE SCHEMA SCHEMAS SECOND_MICROSECOND SELECT SENSITIVE SEPARATOR SET SHOW SMALLINT SPATIAL
                SPECIFIC SQL SQL_BIG_RESULT SQL_CALC_FOUND_ROWS SQLEXCEPTION SQL_SMALL_RESULT SQLSTATE SQLWARNING SSL STARTING
                STRAIGHT_JOIN TABLE TERMINATED TEXT THEN TIME TIMESTAMP TINYBLOB TINYINT TINYTEXT TO TRAILING TRIGGER TRUE
                UNDO UNION UNIQUE UNLOCK UNSIGNED UPDATE USAGE USE USING UTC_DATE UTC_TIME UTC_TIMESTAMP VALUES VARBINARY
                VARCHAR VARCHARACTER VARYING WHEN WHERE WHILE WITH WRITE X509 XOR YEAR_MONTH ZEROFILL
                """;
        for (String word : words.trim().split("\\s+")) {
            KEYWORDS.put(word, next("SQL_" + word));
        }
    }

    /** A comment that a server runs. */
    public static final TokenType COMMENT_MYSQL = next("COMMENT_MYSQL");

    private static final int LONGEST_KEYWORD =
            KEYWORDS.keySet().stream().mapToInt(String::length).max().orElseThrow();

    private static TokenType next(String name) {
        TokenType type = new TokenType(ALL.size(), "TK_" + name);
        ALL.add(type);
        return type;
    }

    /** All types by id. */
    public static List<TokenType> all() {
        return List.copyOf(ALL);
    }

    /** The type of a bare word, in letters of either case: its own if it is a keyword, else {@link #LITERAL}. */
    public static TokenType ofWord(String word) {
        if (word.length() > LONGEST_KEYWORD) {
            return LITERAL;
        }
        return KEYWORDS.getOrDefault(word.toUpperCase(Locale.ROOT), LITERAL);
    }

    @Override
    public String toString() {
        return name;
    }
}
