package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MARIADB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.packet.Greeting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What MariaDB's clients do with its servers alone: bulk execution, and executing before they know what was prepared (W-38). */
@Tag("W-38")
class MariadbExtensionsIT {
    private static final int ROWS = 20;
    private static final String BULK = "sslMode=disable&useServerPrepStmts=true&useBulkStmts=true";
    private static final String NO_BULK =
            "sslMode=disable&useServerPrepStmts=true&useBulkStmts=false&useBulkStmtsForInserts=false";

    /** What a script has to do with it. */
    enum Script {
        NONE(null),
        LUA_LOOKS("looks.lua"),
        LUA_QUEUES("queues.lua"),
        LUA_HOLDS("holds.lua"),
        PYTHON_LOOKS("looks.py"),
        PYTHON_QUEUES("queues.py"),
        PYTHON_HOLDS("holds.py");

        private final String file;

        Script(String file) {
            this.file = file;
        }

        TestProxy start(DatabaseServer server) throws Exception {
            TestProxy.Builder proxy = TestProxy.to(server);
            if (file != null) {
                Path script = Path.of(MariadbExtensionsIT.class
                        .getResource("/io/mysqlproxy/launcher/it/" + file)
                        .toURI());
                return (isPython() ? proxy.python(script) : proxy.lua(script)).start();
            }
            return proxy.start();
        }

        boolean isPython() {
            return name().startsWith("PYTHON");
        }

        int port(TestProxy proxy) {
            return isPython() ? proxy.pythonPort() : proxy.port();
        }
    }

    private final DatabaseServer server = Servers.mariadb();

    private Connection connect(int port, String options) throws SQLException {
        return Jdbc.connect(MARIADB, port, server.account(), options);
    }

    @ParameterizedTest
    @EnumSource
    void aBatchIsExecutedAtOnce(Script script) throws Exception {
        try (TestProxy proxy = script.start(server)) {
            assertThat(executions(server.port(), ROWS, 10)).as("direct").isLessThan(ROWS);
            for (int rows : new int[] {1, ROWS, 3000}) {
                assertThat(executions(script.port(proxy), rows, 1000))
                        .as("%d rows", rows)
                        .isEqualTo(executions(server.port(), rows, 1000));
            }
        }
    }

    @Test
    void clientsFallBackWhereItIsSwitchedOff() throws SQLException {
        Policy policy = Policy.DEFAULT.withMariadbBulk(false);
        try (TestProxy proxy = TestProxy.to(server)
                .protocol(ProtocolConfig.DEFAULT.with(policy))
                .start()) {
            assertThat(executions(proxy.port(), ROWS, 10)).isEqualTo(ROWS);
        }
    }

    /** How often the server was asked to execute, for one batch. */
    private int executions(int port, int rows, int length) throws SQLException {
        try (Connection c = connect(port, BULK)) {
            Jdbc.execute(c, "CREATE TEMPORARY TABLE test.bulk (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT, n INT)");
            try (PreparedStatement insert = c.prepareStatement("INSERT INTO test.bulk (v, n) VALUES (?, ?)")) {
                for (int i = 0; i < rows; i++) {
                    insert.setString(1, i + "v".repeat(length));
                    insert.setObject(2, i % 3 == 0 ? null : i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(rows);
            }
            assertThat(Jdbc.query(c, "SELECT COUNT(DISTINCT v) FROM test.bulk")).isEqualTo("" + rows);
            assertThat(Jdbc.query(c, "SELECT SUM(n) FROM test.bulk")).isEqualTo(sum(rows));
            return Integer.parseInt(Jdbc.query(c, "SHOW SESSION STATUS LIKE 'Com_stmt_execute'"));
        }
    }

    private static String sum(int rows) {
        long sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += i % 3 == 0 ? 0 : i;
        }
        return rows == 1 ? null : Long.toString(sum);
    }

    @ParameterizedTest
    @EnumSource
    void aStatementIsExecutedWhileItIsPrepared(Script script) throws Exception {
        try (TestProxy proxy = script.start(server);
                Connection c = connect(script.port(proxy), BULK)) {
            Jdbc.execute(c, "CREATE TEMPORARY TABLE test.piped (v VARCHAR(10) UNIQUE)");
            for (int i = 0; i < 5; i++) {
                // another text each time, or the driver would remember the statement
                try (PreparedStatement insert = c.prepareStatement("INSERT /*" + i + "*/ INTO test.piped VALUES (?)")) {
                    insert.setString(1, "v" + i);
                    assertThat(insert.executeUpdate()).isEqualTo(1);
                }
                try (PreparedStatement select = c.prepareStatement("SELECT v, ? FROM test.piped WHERE v = ?")) {
                    select.setInt(1, i);
                    select.setString(2, "v" + i);
                    try (ResultSet rows = select.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1) + rows.getInt(2)).isEqualTo("v" + i + i);
                        assertThat(rows.next()).isFalse();
                    }
                }
            }
        }
    }

    /** Neither what cannot be prepared nor what cannot be executed keeps the connection from going on. */
    @ParameterizedTest
    @EnumSource
    void failuresAreTheServers(Script script) throws Exception {
        try (TestProxy proxy = script.start(server);
                Connection direct = connect(server.port(), BULK);
                Connection proxied = connect(script.port(proxy), BULK)) {
            for (Connection c : new Connection[] {direct, proxied}) {
                Jdbc.execute(c, "CREATE TEMPORARY TABLE test.failing (v VARCHAR(10) UNIQUE)");
                Jdbc.execute(c, "INSERT INTO test.failing VALUES ('v1')");
            }
            for (String sql : new String[] {
                "SELECT nosuch FROM test.failing WHERE v = ?", "INSERT INTO test.failing VALUES (?)", "SELEC ?"
            }) {
                assertThat(failure(proxied, sql)).isEqualTo(failure(direct, sql));
                assertThat(Jdbc.query(proxied, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    private static String failure(Connection c, String sql) {
        SQLException e = catchThrowableOfType(SQLException.class, () -> {
            try (PreparedStatement statement = c.prepareStatement(sql)) {
                for (String each : new String[] {"v0", "v1"}) {
                    statement.setString(1, each);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        });
        SQLException single = catchThrowableOfType(SQLException.class, () -> {
            try (PreparedStatement statement = c.prepareStatement(sql + " /* once */")) {
                statement.setString(1, "v1");
                statement.execute();
            }
        });
        String ids = "\\(conn=\\d+\\)";
        return (e.getErrorCode() + e.getMessage() + single.getErrorCode() + single.getMessage()).replaceAll(ids, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    void onlyServersThatHaveItSaySo(String kind) throws Exception {
        boolean mariadb = kind.equals("mariadb");
        try (TestProxy proxy = TestProxy.to(mariadb ? server : Servers.mysql()).start();
                RawPeer client = RawPeer.connect(proxy.port())) {
            Capabilities offered = Greeting.read(client.read()).capabilities();
            assertThat(offered.has(Capabilities.LONG_PASSWORD)).isEqualTo(!mariadb);
            assertThat(offered.bits() >>> 32).isEqualTo(mariadb ? Capabilities.MARIADB_STMT_BULK >>> 32 : 0);
        }
    }

    /** A client that has it gets no connection that was made without it; one that does not is served by any. */
    @Test
    @Tag("W-42")
    void idleConnectionsFitWhoeverCanUseThem(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("pool.lua"), """
                function connect_server()
                    proxy.connection.backend_ndx = 1
                    if proxy.connection.server then return proxy.PROXY_IGNORE_RESULT end
                end
                function read_query(packet)
                    if packet:byte() == proxy.COM_QUIT then
                        proxy.connection.backend_ndx = 0
                        proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                        return proxy.PROXY_SEND_RESULT
                    end
                end
                """);
        try (TestProxy proxy = TestProxy.to(server).lua(script).start()) {
            String bulk = visit(proxy, BULK);
            assertThat(visit(proxy, BULK)).isEqualTo(bulk);
            assertThat(visit(proxy, NO_BULK)).isEqualTo(bulk);
            assertThat(visit(proxy, BULK)).isEqualTo(bulk);
        }
        try (TestProxy proxy = TestProxy.to(server).lua(script).start()) {
            String without = visit(proxy, NO_BULK);
            assertThat(visit(proxy, NO_BULK)).isEqualTo(without);
            assertThat(visit(proxy, BULK)).isNotEqualTo(without);
        }
        try (TestProxy proxy = TestProxy.to(server).lua(script).trustsPool().start()) {
            String without = visit(proxy, NO_BULK);
            assertThat(visit(proxy, BULK)).as("offered only what it has").isEqualTo(without);
        }
    }

    /** Uses what it was offered; gives the number of its connection. */
    private String visit(TestProxy proxy, String options) throws SQLException {
        Awaitility.await().until(() -> proxy.server().clients("proxy") == 0);
        try (Connection c = connect(proxy.port(), options)) {
            Jdbc.execute(c, "CREATE OR REPLACE TEMPORARY TABLE test.visit (v INT)");
            try (PreparedStatement insert = c.prepareStatement("INSERT INTO test.visit VALUES (?)")) {
                for (int i = 0; i < ROWS; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(ROWS);
            }
            assertThatThrownBy(() -> Jdbc.query(c, "SELECT nosuch")).isInstanceOf(SQLException.class);
            return Jdbc.query(c, "SELECT CONNECTION_ID()");
        }
    }
}
