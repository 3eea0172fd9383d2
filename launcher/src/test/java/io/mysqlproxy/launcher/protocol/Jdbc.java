package io.mysqlproxy.launcher.protocol;

import io.mysqlproxy.launcher.server.Account;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connections by either driver, with options in their own words. */
final class Jdbc {
    static final String MYSQL = "mysql";
    static final String MARIADB = "mariadb";

    private Jdbc() {}

    /** @param options as in a URL: {@code sslMode=REQUIRED&allowPublicKeyRetrieval=true} */
    static Connection connect(String driver, int port, Account account, String options) throws SQLException {
        return connect(driver, port, account.user(), account.password(), options);
    }

    static Connection connect(String driver, int port, String user, String password, String options)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        String timeouts = driver.equals(MYSQL) ? "&connectTimeout=15000&socketTimeout=30000" : "&connectTimeout=15000";
        return DriverManager.getConnection(
                "jdbc:" + driver + "://127.0.0.1:" + port + "/?" + options + timeouts, properties);
    }

    /** The first cell. */
    static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(rows.getMetaData().getColumnCount()) : null;
        }
    }

    /** The cipher of the connection that the server sees; empty without TLS. */
    static String cipher(Connection connection) throws SQLException {
        return query(connection, "SHOW STATUS LIKE 'Ssl_cipher'");
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
