package io.mysqlproxy.wire;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A set of capability flags. What both sides of a leg have set was negotiated; that decides the layout of most packets.
 *
 * <p>Bits 0 to 31 are the flags of the manual, "Capabilities Flags". Bits 32 to 63 are MariaDB's extended word, which
 * travels in the reserved bytes of the handshake packets and only where {@link #LONG_PASSWORD} is not set.
 *
 * @param bits the flags
 */
public record Capabilities(long bits) {
    /** Bit 0. A MariaDB peer clears it (and calls it CLIENT_MYSQL) to say that its extended word is meant. */
    public static final long LONG_PASSWORD = 1L;

    public static final long FOUND_ROWS = 1L << 1;
    public static final long LONG_FLAG = 1L << 2;
    public static final long CONNECT_WITH_DB = 1L << 3;
    public static final long NO_SCHEMA = 1L << 4;
    public static final long COMPRESS = 1L << 5;
    public static final long ODBC = 1L << 6;
    public static final long LOCAL_FILES = 1L << 7;
    public static final long IGNORE_SPACE = 1L << 8;
    public static final long PROTOCOL_41 = 1L << 9;
    public static final long INTERACTIVE = 1L << 10;
    public static final long SSL = 1L << 11;
    public static final long IGNORE_SIGPIPE = 1L << 12;
    public static final long TRANSACTIONS = 1L << 13;
    public static final long RESERVED = 1L << 14;

    /** Bit 15, in newer manuals RESERVED2: the scramble is longer than 8 bytes. */
    public static final long SECURE_CONNECTION = 1L << 15;

    public static final long MULTI_STATEMENTS = 1L << 16;
    public static final long MULTI_RESULTS = 1L << 17;
    public static final long PS_MULTI_RESULTS = 1L << 18;
    public static final long PLUGIN_AUTH = 1L << 19;
    public static final long CONNECT_ATTRS = 1L << 20;
    public static final long PLUGIN_AUTH_LENENC = 1L << 21;
    public static final long CAN_HANDLE_EXPIRED_PASSWORDS = 1L << 22;
    public static final long SESSION_TRACK = 1L << 23;
    public static final long DEPRECATE_EOF = 1L << 24;
    public static final long OPTIONAL_RESULTSET_METADATA = 1L << 25;
    public static final long ZSTD_COMPRESSION_ALGORITHM = 1L << 26;
    public static final long QUERY_ATTRIBUTES = 1L << 27;
    public static final long MULTI_FACTOR_AUTHENTICATION = 1L << 28;
    public static final long CAPABILITY_EXTENSION = 1L << 29;
    public static final long SSL_VERIFY_SERVER_CERT = 1L << 30;
    public static final long REMEMBER_OPTIONS = 1L << 31;

    /** MariaDB: progress reports come as ERR packets with number 65535. */
    public static final long MARIADB_PROGRESS = 1L << 32;

    public static final long MARIADB_COM_MULTI = 1L << 33;

    /** COM_STMT_BULK_EXECUTE, and 0xFFFFFFFF as the id of the statement that was prepared last. */
    public static final long MARIADB_STMT_BULK = 1L << 34;

    public static final long MARIADB_EXTENDED_METADATA = 1L << 35;
    public static final long MARIADB_CACHE_METADATA = 1L << 36;
    public static final long MARIADB_BULK_UNIT_RESULTS = 1L << 37;

    /** None. */
    public static final Capabilities NONE = new Capabilities(0);

    /**
     * What a relay lets through. Compression and TLS belong to a leg, query attributes are the caller's choice, and the
     * rest would change the layout of packets in ways nobody here parses.
     */
    public static final Capabilities RELAYED = new Capabilities(LONG_PASSWORD
            | FOUND_ROWS
            | LONG_FLAG
            | CONNECT_WITH_DB
            | NO_SCHEMA
            | ODBC
            | LOCAL_FILES
            | IGNORE_SPACE
            | PROTOCOL_41
            | INTERACTIVE
            | IGNORE_SIGPIPE
            | TRANSACTIONS
            | SECURE_CONNECTION
            | MULTI_STATEMENTS
            | MULTI_RESULTS
            | PS_MULTI_RESULTS
            | PLUGIN_AUTH
            | CONNECT_ATTRS
            | PLUGIN_AUTH_LENENC
            | CAN_HANDLE_EXPIRED_PASSWORDS
            | SESSION_TRACK
            | DEPRECATE_EOF
            | MULTI_FACTOR_AUTHENTICATION);

    private static final Map<Long, String> NAMES = names();

    /** Whether all these flags are set. */
    public boolean has(long flags) {
        return (bits & flags) == flags;
    }

    /** These flags and those. */
    public Capabilities with(long flags) {
        return new Capabilities(bits | flags);
    }

    /** These flags but not those. */
    public Capabilities without(long flags) {
        return new Capabilities(bits & ~flags);
    }

    /** What both sets have. */
    public Capabilities and(Capabilities other) {
        return new Capabilities(bits & other.bits);
    }

    /** The 32 bits of the manual. */
    public long standard() {
        return bits & 0xFFFFFFFFL;
    }

    /** MariaDB's extended word; 0 where {@link #LONG_PASSWORD} says that there is none. */
    public long extended() {
        return has(LONG_PASSWORD) ? 0 : bits >>> 32;
    }

    /** The flags by name, lowest bit first; unknown ones as bit numbers. */
    @Override
    public String toString() {
        StringJoiner joiner = new StringJoiner("|", "Capabilities[", "]");
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if (has(1L << bit)) {
                joiner.add(NAMES.getOrDefault(1L << bit, "bit" + bit));
            }
        }
        return joiner.toString();
    }

    /** The constants above are the one list of names. */
    private static Map<Long, String> names() {
        Map<Long, String> names = new HashMap<>();
        try {
            for (Field field : Capabilities.class.getFields()) {
                if (field.getType() == long.class) {
                    names.put(field.getLong(null), field.getName());
                }
            }
            return names;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
