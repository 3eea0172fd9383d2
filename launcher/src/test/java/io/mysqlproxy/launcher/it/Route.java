package io.mysqlproxy.launcher.it;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.sql.Connection;
import java.sql.SQLException;

/** One way from a client to a server. */
record Route(DatabaseServer server, Hook hook, Driver driver, TestProxy proxy) {
    private static final String SCHEMA = "test";

    /** Through the proxy. */
    Connection connect(String... settings) throws SQLException {
        return connectAs(server.account(), SCHEMA, settings);
    }

    /** Through the proxy, as somebody else or into another schema. */
    Connection connectAs(Account account, String schema, String... settings) throws SQLException {
        return driver.connect(port(), account, schema, settings);
    }

    /** Past the proxy. */
    Connection direct(String... settings) throws SQLException {
        return directAs(server.account(), SCHEMA, settings);
    }

    /** Past the proxy, as somebody else or into another schema. */
    Connection directAs(Account account, String schema, String... settings) throws SQLException {
        return driver.connect(server.port(), account, schema, settings);
    }

    /** Where the proxy listens. */
    int port() {
        return hook.isPython() ? proxy.pythonPort() : proxy.port();
    }

    boolean isMysql() {
        return server.name().startsWith("MySQL");
    }

    @Override
    public String toString() {
        return server.name() + ", " + hook + ", " + driver;
    }
}
