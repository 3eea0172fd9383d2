package io.mysqlproxy.wire;

/**
 * Error numbers that the proxy raises or has to recognise.
 *
 * <p>Source: manual, "Server Error Message Reference" and "Client Error Message Reference"
 * (dev.mysql.com/doc/mysql-errors/8.4/en/).
 */
public final class ErrorCode {
    public static final int CON_COUNT_ERROR = 1040;
    public static final int OUT_OF_RESOURCES = 1041;
    public static final int BAD_HOST_ERROR = 1042;
    public static final int HANDSHAKE_ERROR = 1043;
    public static final int ACCESS_DENIED_ERROR = 1045;
    public static final int NO_SUCH_THREAD = 1094;
    public static final int UNKNOWN_COM_ERROR = 1047;
    public static final int BAD_DB_ERROR = 1049;
    public static final int SERVER_SHUTDOWN = 1053;
    public static final int PARSE_ERROR = 1064;
    public static final int UNKNOWN_ERROR = 1105;
    public static final int HOST_IS_BLOCKED = 1129;
    public static final int HOST_NOT_PRIVILEGED = 1130;
    public static final int NET_PACKET_TOO_LARGE = 1153;
    public static final int NET_PACKETS_OUT_OF_ORDER = 1156;
    public static final int TOO_MANY_USER_CONNECTIONS = 1203;
    public static final int USER_LIMIT_REACHED = 1226;
    public static final int UNKNOWN_STMT_HANDLER = 1243;
    public static final int QUERY_INTERRUPTED = 1317;
    public static final int MAX_PREPARED_STMT_COUNT_REACHED = 1461;
    public static final int NOT_SUPPORTED_AUTH_MODE = 1251;
    public static final int MUST_CHANGE_PASSWORD = 1820;
    public static final int MALFORMED_PACKET = 1835;
    public static final int MUST_CHANGE_PASSWORD_LOGIN = 1862;
    /** MariaDB. */
    public static final int CONNECTION_KILLED = 1927;

    public static final int CR_VERSION_ERROR = 2007;
    public static final int CR_SERVER_LOST = 2013;
    public static final int CR_AUTH_PLUGIN_CANNOT_LOAD = 2059;
    public static final int CR_AUTH_PLUGIN_ERR = 2061;
    public static final int QUERY_TIMEOUT = 3024;
    public static final int ACCOUNT_HAS_BEEN_LOCKED = 3118;
    public static final int SECURE_TRANSPORT_REQUIRED = 3159;
    public static final int CLIENT_LOCAL_FILES_DISABLED = 3948;
    public static final int CLIENT_INTERACTION_TIMEOUT = 4031;
    /** MariaDB: no error but a progress report; the response goes on (W-31). */
    public static final int MARIADB_PROGRESS = 65535;

    private ErrorCode() {}
}
