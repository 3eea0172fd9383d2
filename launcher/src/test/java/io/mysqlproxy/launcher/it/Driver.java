package io.mysqlproxy.launcher.it;

import io.mysqlproxy.launcher.server.Account;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The drivers of JDBC, with what each calls the same settings. */
enum Driver {
    CONNECTOR_J(
            "jdbc:mysql",
            "sslMode=DISABLED&allowPublicKeyRetrieval=true",
            "allowMultiQueries=true&allowLoadLocalInfile=true",
            "useServerPrepStmts=true&useCursorFetch=true"),
    MARIADB(
            "jdbc:mariadb",
            "sslMode=disable&allowPublicKeyRetrieval=true",
            "allowMultiQueries=true&allowLocalInfile=true",
            "useServerPrepStmts=true");

    /** Several statements in one command, and local files, are allowed. */
    final String allowed;

    /** Statements are prepared on the server. */
    final String prepared;

    private final String scheme;
    private final String common;

    Driver(String scheme, String common, String allowed, String prepared) {
        this.scheme = scheme;
        this.common = common;
        this.allowed = allowed;
        this.prepared = prepared;
    }

    Connection connect(int port, Account account, String schema, String... settings) throws SQLException {
        String url = scheme + "://127.0.0.1:" + port + "/" + schema + "?" + common;
        String all = settings.length == 0 ? url : url + "&" + String.join("&", settings);
        return DriverManager.getConnection(all, account.user(), account.password());
    }

    /** A fetch size at which rows are read one by one while they come in. */
    int streaming() {
        return this == CONNECTOR_J ? Integer.MIN_VALUE : 1;
    }
}
