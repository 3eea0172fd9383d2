package io.mysqlproxy.wire;

/**
 * Ids of the collations this code has to name; all others just pass. Only the low byte fits in a handshake (W-10).
 *
 * <p>Source: manual, "Character Set" (dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_character_set.html).
 */
public final class Collation {
    public static final int LATIN1_SWEDISH_CI = 8;
    public static final int UTF8MB3_GENERAL_CI = 33;
    public static final int UTF8MB4_GENERAL_CI = 45;
    public static final int UTF8MB4_BIN = 46;
    public static final int BINARY = 63;
    public static final int UTF8MB4_0900_AI_CI = 255;

    private Collation() {}
}
