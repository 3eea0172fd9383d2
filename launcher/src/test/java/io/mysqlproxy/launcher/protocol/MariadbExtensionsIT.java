package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MARIADB;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What MariaDB's clients do with its servers alone is not offered to them (protocol.md 2), and they do without. */
class MariadbExtensionsIT {
    private static final int ROWS = 20;

    @Test
    @Tag("W-38")
    void clientsFallBackFromBulkExecution() throws SQLException {
        DatabaseServer server = Servers.mariadb();
        assertThat(executions(server, server.port())).as("direct").isLessThan(ROWS);
        try (TestProxy proxy = TestProxy.to(server).start()) {
            assertThat(executions(server, proxy.port())).as("through the proxy").isEqualTo(ROWS);
        }
    }

    /** How often the server was asked to execute, for one batch. */
    private static int executions(DatabaseServer server, int port) throws SQLException {
        String options = "sslMode=disable&useServerPrepStmts=true&useBulkStmts=true";
        try (Connection c = Jdbc.connect(MARIADB, port, server.account(), options)) {
            Jdbc.execute(c, "CREATE TEMPORARY TABLE test.bulk (v VARCHAR(10))");
            try (PreparedStatement insert = c.prepareStatement("INSERT INTO test.bulk VALUES (?)")) {
                for (int i = 0; i < ROWS; i++) {
                    insert.setString(1, "v" + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(ROWS);
            }
            assertThat(Jdbc.query(c, "SELECT COUNT(DISTINCT v) FROM test.bulk")).isEqualTo("" + ROWS);
            return Integer.parseInt(Jdbc.query(c, "SHOW SESSION STATUS LIKE 'Com_stmt_execute'"));
        }
    }
}
