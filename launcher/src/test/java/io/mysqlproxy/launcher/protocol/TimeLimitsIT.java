package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.core.config.KillAccount;
import io.mysqlproxy.core.config.Limits;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.testing.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that run, and transactions that wait, for too long, on real servers (protocol.md 9). */
@Timeout(120)
@Tag("J-27")
class TimeLimitsIT {
    private static final String LUA = """
            function read_query(packet)
                if packet:byte() ~= proxy.COM_QUIT then
                    proxy.queries:append(1, packet, { resultset_is_needed = true })
                    return proxy.PROXY_SEND_QUERY
                end
            end
            """;
    private static final String PYTHON = """
            def read_query(proxy, packet):
                if ord(packet[0]) != proxy.COM_QUIT:
                    proxy.queries.append(1, packet, resultset_is_needed=True)
                    return proxy.PROXY_SEND_QUERY
            """;

    /** Statements that tell of their end, unlike SELECT SLEEP. */
    private static final List<String> STATEMENTS = List.of(
            "SELECT 1 FROM information_schema.tables WHERE SLEEP(100)",
            "UPDATE test.limited SET v = v + SLEEP(10)",
            "SELECT v FROM test.limited WHERE v = 0 OR SLEEP(10)");

    @TempDir
    Path folder;

    private static ProtocolConfig protocol(Allowance allowance, TlsMode tls, Account account) {
        Policy policy = account == null
                ? Policy.DEFAULT
                : Policy.DEFAULT.with(new KillAccount(account.user(), account.password()));
        return new ProtocolConfig(TlsConfig.DISABLED, TlsConfig.mode(tls))
                .with(policy)
                .with(Limits.DEFAULT.with(allowance));
    }

    private static Allowance time(long queryMillis, long transactionMillis) {
        return Allowance.UNLIMITED.with(Duration.ofMillis(queryMillis), Duration.ofMillis(transactionMillis));
    }

    private static Connection connect(DatabaseServer server, int port) throws SQLException {
        boolean mysql = server == Servers.mysql();
        return Jdbc.connect(
                mysql ? Jdbc.MYSQL : Jdbc.MARIADB,
                port,
                server.nativeAccount(),
                mysql ? "sslMode=DISABLED&useServerPrepStmts=true" : "sslMode=disable&useServerPrepStmts=true");
    }

    private TestProxy proxy(DatabaseServer server, String script, ProtocolConfig protocol) throws Exception {
        TestProxy.Builder builder = TestProxy.to(server).protocol(protocol);
        switch (script) {
            case "lua" -> builder.lua(Files.writeString(folder.resolve("held.lua"), LUA));
            case "python" -> builder.python(Files.writeString(folder.resolve("held.py"), PYTHON));
            default -> {}
        }
        return builder.start();
    }

    private static void timedOut(SQLException e) {
        assertThat(e.getMessage())
                .contains("Query execution was interrupted, maximum statement execution time exceeded");
        assertThat(e.getErrorCode()).isEqualTo(3024);
        assertThat(e.getSQLState()).isEqualTo("HY000");
    }

    @ParameterizedTest
    @CsvSource({
        "mysql, none, DISABLED",
        "mysql, lua, REQUIRED",
        "mysql, python, DISABLED",
        "mariadb, none, DISABLED",
        "mariadb, lua, DISABLED",
        "mariadb, python, DISABLED",
    })
    void aStatementThatRunsForTooLongIsKilled(String kind, String script, TlsMode tls) throws Exception {
        DatabaseServer server = kind.equals("mysql") ? Servers.mysql() : Servers.mariadb();
        ProtocolConfig protocol = protocol(time(900, 0), tls, server.account());
        try (Connection direct = connect(server, server.port());
                TestProxy proxy = proxy(server, script, protocol)) {
            Jdbc.execute(
                    direct,
                    "CREATE TABLE IF NOT EXISTS test.limited (v INT)",
                    "DELETE FROM test.limited",
                    "INSERT INTO test.limited VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
            int port = script.equals("python") ? proxy.pythonPort() : proxy.port();
            try (Connection c = connect(server, port)) {
                String id = Jdbc.query(c, "SELECT CONNECTION_ID()");
                for (String sql : STATEMENTS) {
                    assertThatThrownBy(() -> Jdbc.execute(c, sql))
                            .isInstanceOfSatisfying(SQLException.class, TimeLimitsIT::timedOut);
                    try (PreparedStatement prepared = c.prepareStatement(sql)) {
                        assertThatThrownBy(() -> {
                                    prepared.execute();
                                    while (prepared.getResultSet().next()) {}
                                })
                                .isInstanceOfSatisfying(SQLException.class, TimeLimitsIT::timedOut);
                    }
                    assertThat(Jdbc.query(c, "SELECT CONNECTION_ID()")).isEqualTo(id);
                    assertThat(Jdbc.query(c, "SELECT SLEEP(0.3)")).isEqualTo("0");
                }
            }
            assertThat(Jdbc.query(direct, "SELECT SUM(v) FROM test.limited")).isEqualTo("45");
            Jdbc.execute(direct, "DROP TABLE test.limited");
        }
    }

    /** What the proxy relies on where a statement ends just before its KILL comes: a connection without one is not harmed. */
    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    void aKillThatFindsNothingHurtsNothing(String kind) throws Exception {
        DatabaseServer server = kind.equals("mysql") ? Servers.mysql() : Servers.mariadb();
        try (Connection one = connect(server, server.port());
                Connection other = connect(server, server.port())) {
            for (int i = 0; i < 20; i++) {
                Jdbc.execute(other, "KILL QUERY " + Jdbc.query(one, "SELECT CONNECTION_ID()"));
                assertThat(Jdbc.query(one, "SELECT COUNT(*) FROM mysql.user WHERE SLEEP(0.001) = 0"))
                        .isNotEqualTo("0");
            }
        }
    }

    @Test
    void withoutAnyoneWhoCouldKillTheConnectionEnds() throws Exception {
        DatabaseServer server = Servers.mysql();
        try (LogCapture log = new LogCapture();
                TestProxy proxy = proxy(server, "none", protocol(time(500, 0), TlsMode.DISABLED, null));
                Connection direct = connect(server, server.port());
                RawClient client = new RawClient(proxy.port())) {
            Account account = server.nativeAccount();
            assertThat(client.login(account.user(), account.password(), "test").first())
                    .isZero();
            String id = client.cells("SELECT CONNECTION_ID()").get(0);
            assertThat(client.cells("SELECT SLEEP(100)").get(0))
                    .contains("#HY000Query execution was interrupted, maximum statement execution time exceeded");
            assertThat(client.isClosed()).isTrue();
            Jdbc.execute(direct, "KILL " + id);
            assertThat(log.lines())
                    .anyMatch(l -> l.contains("--proxy-query-timeout without --proxy-kill-user"))
                    .anyMatch(l ->
                            l.contains("has run for more than 0.5 s and may run on at 127.0.0.1:" + server.port()));
        }
    }

    @ParameterizedTest
    @CsvSource({"mysql, none", "mysql, lua", "mariadb, none", "mariadb, python"})
    void aTransactionThatWaitsForTooLongIsRolledBack(String kind, String script) throws Exception {
        DatabaseServer server = kind.equals("mysql") ? Servers.mysql() : Servers.mariadb();
        ProtocolConfig protocol = protocol(time(0, 700), TlsMode.DISABLED, null);
        try (Connection direct = connect(server, server.port());
                TestProxy proxy = proxy(server, script, protocol);
                RawClient idle = new RawClient(script.equals("python") ? proxy.pythonPort() : proxy.port());
                RawClient client = new RawClient(script.equals("python") ? proxy.pythonPort() : proxy.port())) {
            Jdbc.execute(direct, "CREATE TABLE IF NOT EXISTS test.waiting (v INT) ENGINE=InnoDB");
            Account account = server.nativeAccount();
            idle.login(account.user(), account.password(), "test");
            client.login(account.user(), account.password(), "test");
            client.query("BEGIN");
            for (int i = 0; i < 4; i++) {
                Thread.sleep(300); // it is not the transaction's length that counts
                client.query("INSERT INTO waiting VALUES (" + i + ")");
            }
            assertThat(client.cells("SELECT COUNT(*) FROM waiting")).containsExactly("4");
            var last = client.read();
            assertThat(last.sequence()).isZero();
            assertThat(last.text()).contains("#HY000The client was disconnected by the proxy because of inactivity");
            assertThat(client.isClosed()).isTrue();
            assertThat(Jdbc.query(direct, "SELECT COUNT(*) FROM test.waiting")).isEqualTo("0");
            assertThat(idle.cells("SELECT 1")).containsExactly("1");
            Jdbc.execute(direct, "DROP TABLE test.waiting");
        }
    }
}
