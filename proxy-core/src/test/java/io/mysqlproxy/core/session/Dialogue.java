package io.mysqlproxy.core.session;

/** Packets that many conversations begin with, in the notation of {@link io.mysqlproxy.core.Frames}. */
public final class Dialogue {
    /** MySQL 8.4 with every flag it has. */
    public static final String GREETING = """
            0: 0a '8.4.3' 00
               2a 00 00 00              | thread 42
               'abcdefgh' 00
               ff ff                    | capabilities, low half
               ff 02 00
               ff df                    | capabilities, high half
               15 00*10
               'ijklmnopqrst' 00
               'caching_sha2_password' 00""";

    /**
     * The same without COMPRESS, SSL, RESERVED and everything from OPTIONAL_RESULTSET_METADATA on but
     * MULTI_FACTOR_AUTHENTICATION.
     */
    public static final String GREETING_SHOWN = """
            0: 0a '8.4.3' 00
               2a 00 00 00
               'abcdefgh' 00
               df b7
               ff 02 00
               ff 11
               15 00*10
               'ijklmnopqrst' 00
               'caching_sha2_password' 00""";

    /** Without DEPRECATE_EOF and SESSION_TRACK. */
    public static final String LOGIN = """
            1: 8d a2 2f 00 00 00 00 01 ff 00*23
               'bob' 00
               14 '0123456789abcdefghij'
               'shop' 00
               'mysql_native_password' 00""";

    /** With DEPRECATE_EOF and SESSION_TRACK. */
    static final String LOGIN_TRACKED = """
            1: 8d a2 af 01 00 00 00 01 ff 00*23
               'bob' 00
               14 '0123456789abcdefghij'
               'shop' 00
               'mysql_native_password' 00""";

    /** What a server is told whose client has left before it logged in. */
    static final String FAREWELL = """
            1: 00 82 08 00 00 00 00 01 ff 00*23
               'proxy-client-left' 00
               00
               'caching_sha2_password' 00""";

    /** A column called x, of SELECT 1 AS x. */
    public static final String COLUMN = "03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00";

    /** One column, one row, classic. */
    static final String ONE_ROW = """
            1: 01
            2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
            3: fe 00 00 02 00
            4: 01 '1'
            5: fe 00 00 02 00""";

    public static final String OK = "1: 00 00 00 02 00 00 00";

    private Dialogue() {}
}
