package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.BackendType;
import io.mysqlproxy.script.HostType;

/** The numbers of {@code proxy} (lua-api.md 3.1, J-17, J-18). */
final class ConstantsModel {
    /** The level of the scripting API: 0.8.5. */
    private static final int VERSION = 0x000805;

    /** Names without {@code COM_}, each at its number. */
    private static final String[] COMMANDS = {
        "SLEEP",
        "QUIT",
        "INIT_DB",
        "QUERY",
        "FIELD_LIST",
        "CREATE_DB",
        "DROP_DB",
        "REFRESH",
        "SHUTDOWN",
        "STATISTICS",
        "PROCESS_INFO",
        "CONNECT",
        "PROCESS_KILL",
        "DEBUG",
        "PING",
        "TIME",
        "DELAYED_INSERT",
        "CHANGE_USER",
        "BINLOG_DUMP",
        "TABLE_DUMP",
        "CONNECT_OUT",
        "REGISTER_SLAVE",
        "STMT_PREPARE",
        "STMT_EXECUTE",
        "STMT_SEND_LONG_DATA",
        "STMT_CLOSE",
        "STMT_RESET",
        "SET_OPTION",
        "STMT_FETCH",
        "DAEMON",
        "ERROR",
        "RESET_CONNECTION"
    };

    /** Names without {@code MYSQL_TYPE_}, each at its number. */
    private static final String[] TYPES = {
        "DECIMAL",
        "TINY",
        "SHORT",
        "LONG",
        "FLOAT",
        "DOUBLE",
        "NULL",
        "TIMESTAMP",
        "LONGLONG",
        "INT24",
        "DATE",
        "TIME",
        "DATETIME",
        "YEAR",
        "NEWDATE",
        "VARCHAR",
        "BIT"
    };

    /** Names without {@code MYSQL_TYPE_}, the last one at 255. */
    private static final String[] HIGH_TYPES = {
        "JSON",
        "NEWDECIMAL",
        "ENUM",
        "SET",
        "TINY_BLOB",
        "MEDIUM_BLOB",
        "LONG_BLOB",
        "BLOB",
        "VAR_STRING",
        "STRING",
        "GEOMETRY"
    };

    private static final int JSON = 245;

    private ConstantsModel() {}

    /** Adds the constants to a declaration. */
    static <T> HostType<T> declare(HostType<T> type) {
        type.constant("PROXY_VERSION", VERSION)
                .constant("PROXY_SEND_QUERY", 1)
                .constant("PROXY_SEND_RESULT", 2)
                .constant("PROXY_IGNORE_RESULT", 4)
                .constant("MYSQLD_PACKET_OK", 0)
                .constant("MYSQLD_PACKET_RAW", 250)
                .constant("MYSQLD_PACKET_ERR", 255);
        backends(type);
        all(type, "COM_", COMMANDS, 0);
        type.constant("COM_BINLOG_DUMP_GTID", 30);
        all(type, "MYSQL_TYPE_", TYPES, 0);
        all(type, "MYSQL_TYPE_", HIGH_TYPES, JSON);
        return type.constant("MYSQL_TYPE_CHAR", 1)
                .constant("MYSQL_TYPE_VECTOR", 242)
                .constant("MYSQL_TYPE_INTERVAL", 247);
    }

    private static void backends(HostType<?> type) {
        type.constant("BACKEND_STATE_UNKNOWN", Backend.UNKNOWN)
                .constant("BACKEND_STATE_UP", Backend.UP)
                .constant("BACKEND_STATE_DOWN", Backend.DOWN)
                .constant("BACKEND_STATE_RW", BackendType.RW.ordinal())
                .constant("BACKEND_STATE_RO", BackendType.RO.ordinal())
                .constant("BACKEND_TYPE_UNKNOWN", BackendType.UNKNOWN.ordinal())
                .constant("BACKEND_TYPE_RW", BackendType.RW.ordinal())
                .constant("BACKEND_TYPE_RO", BackendType.RO.ordinal());
    }

    private static void all(HostType<?> type, String prefix, String[] names, int first) {
        for (int i = 0; i < names.length; i++) {
            type.constant(prefix + names[i], first + i);
        }
    }
}
