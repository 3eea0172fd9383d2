package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.KillAccount;
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
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With an account of its own the proxy ends what clients that are gone have left running, on whatever server. */
@Timeout(120)
class KillAccountIT {
    private static final String LUA = """
            function read_query(packet)
                if packet:byte() == proxy.COM_QUERY then
                    proxy.queries:append(1, packet, { resultset_is_needed = true })
                    return proxy.PROXY_SEND_QUERY
                end
            end
            """;
    private static final String PYTHON = """
            def read_query(proxy, packet):
                if ord(packet[0]) == proxy.COM_QUERY:
                    proxy.queries.append(1, packet, resultset_is_needed=True)
                    return proxy.PROXY_SEND_QUERY
            """;

    /** Long ones, each of another kind, that can be told from others. */
    private static final List<String> STATEMENTS = List.of(
            "SELECT SLEEP(100) AS gone",
            "SELECT BENCHMARK(10000000000, MD5('gone'))",
            "UPDATE test.gone SET v = v + SLEEP(10)");

    private final LogCapture log = new LogCapture();
    private TestProxy proxy;
    private boolean python;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        if (proxy != null) {
            proxy.close();
        }
        log.close();
    }

    private static ProtocolConfig protocol(TlsMode tls, Account account) {
        Policy policy = Policy.DEFAULT.killingOnDisconnect().with(new KillAccount(account.user(), account.password()));
        return new ProtocolConfig(TlsConfig.DISABLED, TlsConfig.mode(tls)).with(policy);
    }

    private RawClient login(Account account) {
        RawClient client = new RawClient(python ? proxy.pythonPort() : proxy.port());
        assertThat(client.login(account.user(), account.password(), "test").first())
                .isZero();
        return client;
    }

    private static Connection watch(DatabaseServer server) throws Exception {
        boolean mysql = server == Servers.mysql();
        return Jdbc.connect(
                mysql ? Jdbc.MYSQL : Jdbc.MARIADB,
                server.port(),
                server.nativeAccount(),
                mysql ? "sslMode=DISABLED" : "sslMode=disable");
    }

    /** What runs of the statements that clients leave behind. */
    private static void running(Connection watch, int count, Duration soon) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(soon)
                .untilAsserted(() -> assertThat(Jdbc.query(
                                watch,
                                "SELECT COUNT(*) FROM information_schema.processlist WHERE command <> 'Sleep'"
                                        + " AND info LIKE '%gone%' AND info NOT LIKE '%processlist%'"))
                        .isEqualTo(String.valueOf(count)));
    }

    /** {@code soon} is for a busy machine: it takes some tens of milliseconds. */
    private static void vanishes(RawClient client, boolean reset, Connection watch) {
        running(watch, 1, Duration.ofSeconds(20));
        if (reset) {
            client.abort();
        } else {
            client.close();
        }
        running(watch, 0, Duration.ofSeconds(3));
    }

    private void start(DatabaseServer server, String script, ProtocolConfig protocol) throws Exception {
        TestProxy.Builder builder = TestProxy.to(server).protocol(protocol);
        switch (script) {
            case "lua" -> builder.lua(Files.writeString(folder.resolve("held.lua"), LUA));
            case "python" -> builder.python(Files.writeString(folder.resolve("held.py"), PYTHON));
            default -> {}
        }
        python = script.equals("python");
        proxy = builder.start();
    }

    @ParameterizedTest
    @CsvSource({
        "mysql, none, DISABLED",
        "mysql, none, REQUIRED",
        "mysql, lua, DISABLED",
        "mysql, lua, REQUIRED",
        "mysql, python, REQUIRED",
        "mariadb, none, DISABLED",
        "mariadb, lua, DISABLED",
        "mariadb, python, DISABLED",
    })
    @Tag("W-39")
    void statementsOfClientsThatVanishAreGoneAtOnce(String kind, String script, TlsMode tls) throws Exception {
        DatabaseServer server = kind.equals("mysql") ? Servers.mysql() : Servers.mariadb();
        start(server, script, protocol(tls, server.account()));
        try (Connection watch = watch(server)) {
            Jdbc.execute(
                    watch,
                    "CREATE TABLE IF NOT EXISTS test.gone (id INT PRIMARY KEY, v INT)",
                    "REPLACE INTO test.gone VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)");
            for (String sql : STATEMENTS) {
                for (boolean reset : new boolean[] {true, false}) {
                    RawClient text = login(server.nativeAccount());
                    text.send(0, "\3" + sql);
                    vanishes(text, reset, watch);

                    RawClient prepared = login(server.nativeAccount());
                    prepared.send(0, "\26" + sql);
                    String statement = prepared.read().text().substring(1, 5);
                    prepared.send(0, "\27" + statement + "\0\1\0\0\0");
                    vanishes(prepared, reset, watch);
                }
            }
            assertThat(Jdbc.query(watch, "SELECT SUM(v) FROM test.gone")).isEqualTo("15");
            Jdbc.execute(watch, "DROP TABLE test.gone");
        }
        assertThat(log.lines()).noneMatch(l -> l.contains("kill") || l.contains("cannot end"));
    }

    @Test
    @Tag("W-39")
    void manyThatVanishTogetherCostOneLogin() throws Exception {
        DatabaseServer server = Servers.mysql();
        start(server, "none", protocol(TlsMode.DISABLED, server.account()));
        try (Connection watch = watch(server)) {
            RawClient[] clients = new RawClient[40];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = login(server.nativeAccount());
                clients[i].send(0, "\3SELECT SLEEP(100) AS gone");
            }
            running(watch, clients.length, Duration.ofSeconds(20));
            String logins =
                    "SELECT variable_value FROM performance_schema.global_status WHERE variable_name = 'Connections'";
            long before = Long.parseLong(Jdbc.query(watch, logins));
            for (RawClient client : clients) {
                client.abort();
            }
            running(watch, 0, Duration.ofSeconds(5));
            assertThat(Long.parseLong(Jdbc.query(watch, logins)) - before).isBetween(1L, 10L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("W-11")
    @Tag("W-14")
    void theAccountLogsInByWhateverMethod(boolean tls) throws Exception {
        DatabaseServer server = Servers.mysql();
        try (Connection watch = watch(server)) {
            for (String method : List.of("caching_sha2_password", "sha256_password", "mysql_native_password")) {
                Jdbc.execute(
                        watch,
                        "DROP USER IF EXISTS 'killer'",
                        "CREATE USER 'killer' IDENTIFIED WITH " + method + " BY 'kïll-secret'",
                        "GRANT SUPER, SYSTEM_USER ON *.* TO 'killer'",
                        "FLUSH PRIVILEGES");
                proxy = TestProxy.to(server)
                        .protocol(protocol(
                                tls ? TlsMode.REQUIRED : TlsMode.DISABLED, new Account("killer", "kïll-secret")))
                        .start();
                for (int i = 0; i < 2; i++) { // with a cold cache, then with a warm one
                    RawClient client = login(server.nativeAccount());
                    client.send(0, "\3SELECT SLEEP(100) AS gone");
                    vanishes(client, true, watch);
                }
                proxy.close();
            }
            Jdbc.execute(watch, "DROP USER 'killer'");
        }
    }

    @Test
    @Tag("W-39")
    void anAccountThatIsRefusedIsOneLineInTheLog() throws Exception {
        DatabaseServer server = Servers.mysql();
        start(
                server,
                "none",
                protocol(TlsMode.DISABLED, new Account(server.account().user(), "wrong-secret")));
        try (Connection watch = watch(server)) {
            RawClient client = login(server.nativeAccount());
            client.send(0, "\3SELECT SLEEP(100) AS gone");
            running(watch, 1, Duration.ofSeconds(20));
            client.abort();
            Awaitility.await()
                    .until(() -> log.lines().stream()
                            .anyMatch(l -> l.contains("cannot end statements at 127.0.0.1:" + server.port()
                                    + ": 1045 Access denied for user")));
            assertThat(log.lines()).noneMatch(l -> l.contains("wrong-secret"));
            String id = Jdbc.query(
                    watch,
                    "SELECT id FROM information_schema.processlist WHERE info LIKE '%gone%'"
                            + " AND info NOT LIKE '%processlist%'");
            Jdbc.execute(watch, "KILL " + id);
        }
    }
}
