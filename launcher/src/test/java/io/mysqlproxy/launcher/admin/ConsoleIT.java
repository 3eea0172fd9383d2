package io.mysqlproxy.launcher.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in console through drivers. */
class ConsoleIT {
    private static final Optional<Path> NO_SCRIPT = Optional.empty();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    @Tag("A-38")
    @Tag("A-40")
    @Tag("J-46")
    @Tag("J-47")
    void driversGetInAndAreAnswered(String driver) throws Exception {
        try (AdminServer admin =
                AdminServer.console().proxy("proxy", NO_SCRIPT, "127.0.0.1:1").start()) {
            String url = driver.equals("mysql") ? admin.mysqlUrl() : admin.mariadbUrl();
            try (Connection connection = DriverManager.getConnection(url, AdminServer.USER, AdminServer.PASSWORD)) {
                assertThat(connection.isValid(1)).isTrue();
                assertThat(Rows.of(connection, "SELECT * FROM help"))
                        .startsWith(
                                "command|description",
                                "SELECT * FROM help|shows this help",
                                "SELECT * FROM backends|lists the backends and their state");
                assertThat(Rows.of(connection, "select * from OPTIONS")).contains("admin-password|********");
            }
            for (String[] wrong : List.of(
                    new String[] {AdminServer.USER, "wrong"},
                    new String[] {"nobody", AdminServer.PASSWORD},
                    new String[] {AdminServer.USER, ""})) {
                assertThatThrownBy(() -> DriverManager.getConnection(url, wrong[0], wrong[1]))
                        .isInstanceOfSatisfying(SQLException.class, e -> {
                            assertThat(e.getErrorCode()).isEqualTo(1045);
                            assertThat(e.getSQLState()).isEqualTo("28000");
                        });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql_native_password", "caching_sha2_password"})
    @Tag("J-47")
    void theCommandLineClientGetsInByEitherMethod(String method) throws Exception {
        try (AdminServer admin =
                AdminServer.console().proxy("proxy", NO_SCRIPT, "127.0.0.1:1").start()) {
            Process client = new ProcessBuilder(
                            "mariadb",
                            "--no-defaults",
                            "--skip-ssl",
                            "--default-auth=" + method,
                            "-h127.0.0.1",
                            "-P" + admin.port("admin"),
                            "-u" + AdminServer.USER,
                            "-p" + AdminServer.PASSWORD,
                            "-N",
                            "-e",
                            "SELECT * FROM backends")
                    .redirectErrorStream(true)
                    .start();
            String out = new String(client.getInputStream().readAllBytes());
            assertThat(out).isEqualTo("1\t127.0.0.1:1\tunknown\trw\tNULL\t0\n");
            assertThat(client.waitFor()).isZero();
        }
    }

    @Test
    @Tag("A-42")
    @Tag("J-22")
    @Tag("P-76")
    void backendsAreThoseOfEveryPlugin() throws Exception {
        String mysql = "127.0.0.1:" + Servers.mysql().port();
        try (AdminServer admin = AdminServer.console()
                        .proxy("proxy", NO_SCRIPT, "127.0.0.1:1", mysql, "r[::1]:3")
                        .proxy("pyproxy", NO_SCRIPT, mysql, "/tmp/none.sock")
                        .start();
                Connection connection = admin.connect()) {
            assertThat(Rows.of(connection, "select * from BACKENDS"))
                    .containsExactly(
                            "backend_ndx|address|state|type|uuid|connected_clients",
                            "1|127.0.0.1:1|unknown|rw|null|0",
                            "2|" + mysql + "|unknown|rw|null|0",
                            "3|[::1]:3|unknown|ro|null|0",
                            "4|" + mysql + "|unknown|rw|null|0",
                            "5|/tmp/none.sock|unknown|rw|null|0");
            try (Connection client = client(admin)) {
                assertThat(client.isValid(1)).isTrue();
                assertThat(Rows.of(connection, "SELECT * FROM backends"))
                        .contains(
                                "1|127.0.0.1:1|down|rw|null|0",
                                "2|" + mysql + "|up|rw|null|1",
                                "4|" + mysql + "|unknown|rw|null|0");
            }
        }
    }

    @Test
    @Tag("A-43")
    void anythingElseIsAnErrorAndTheConnectionStays() throws Exception {
        try (AdminServer admin = AdminServer.console().start();
                Connection connection = admin.connect()) {
            for (String text : List.of("SELECT 2", "SELECT * FROM help;", " SELECT * FROM help", "LOAD x", "kill x")) {
                assertThatThrownBy(() -> Rows.of(connection, text))
                        .isInstanceOfSatisfying(SQLException.class, e -> {
                            assertThat(e.getErrorCode()).isEqualTo(1105);
                            assertThat(e.getSQLState()).isEqualTo("07000");
                        })
                        .hasMessageEndingWith("use 'SELECT * FROM help' to see the supported commands");
            }
            assertThatThrownBy(() -> connection.setCatalog("x"))
                    .hasMessageEndingWith("[admin] we only handle text-based queries (COM_QUERY)");
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void connectionsAreShownAndCanBeKilled() throws Exception {
        try (AdminServer admin = AdminServer.console()
                        .proxy(
                                "proxy",
                                NO_SCRIPT,
                                "127.0.0.1:" + Servers.mysql().port())
                        .start();
                Connection connection = admin.connect();
                Connection client = client(admin)) {
            String line = Rows.of(connection, "SELECT * FROM connections").stream()
                    .filter(row -> row.contains("|proxy|"))
                    .findFirst()
                    .orElseThrow();
            assertThat(line)
                    .matches("\\d+\\|proxy\\|127\\.0\\.0\\.1:\\d+\\|"
                            + Servers.mysql().nativeAccount().user() + "\\|test\\|127\\.0\\.0\\.1:\\d+\\|Ready\\|0");
            assertThat(Rows.of(connection, "KILL " + line.substring(0, line.indexOf('|'))))
                    .containsExactly("0 rows");
            await().until(() -> admin.server().clients("proxy") == 0);
            assertThat(client.isValid(1)).isFalse();
            assertThatThrownBy(() -> Rows.of(connection, "KILL 999999999"))
                    .hasMessageEndingWith("Unknown thread id: 999999999");
        }
    }

    @Test
    void queriesAreCountedByText() throws Exception {
        try (AdminServer admin = AdminServer.console()
                        .proxy(
                                "proxy",
                                NO_SCRIPT,
                                "127.0.0.1:" + Servers.mysql().port())
                        .start();
                Connection connection = admin.connect();
                Connection client = client(admin);
                Statement statement = client.createStatement()) {
            for (int i = 0; i < 3; i++) {
                statement.execute("SELECT " + i + ",  'a" + i + "' /* x */ FROM dual WHERE 1 IN (1, 2, " + i + ")");
            }
            statement.execute("SELECT 1");
            assertThat(Rows.of(connection, "SELECT * FROM queries"))
                    .anyMatch(row ->
                            row.matches("SELECT \\? FROM dual WHERE \\? IN \\(\\?\\)\\|3\\|\\d+\\|\\d+\\|\\d+\\|1"));
        }
    }

    @Test
    void scriptsAreShownAndReloaded() throws Exception {
        Path script = Files.writeString(folder.resolve("x.py"), "def read_query(proxy, packet):\n    pass\n");
        try (AdminServer admin = AdminServer.console()
                        .proxy(
                                "pyproxy",
                                Optional.of(script),
                                "127.0.0.1:" + Servers.mysql().port())
                        .start();
                Connection connection = admin.connect();
                Connection client = DriverManager.getConnection(
                        Servers.mysqlUrl(admin.port("pyproxy")),
                        Servers.mysql().nativeAccount().user(),
                        Servers.mysql().nativeAccount().password())) {
            assertThat(Rows.of(connection, "SELECT * FROM scripts"))
                    .anyMatch(row -> row.matches("pyproxy\\|" + script
                            + "\\|global\\|1\\|\\d{4}-.*Z\\|0\\|null\\|read_query\\|\\d+\\|\\d+\\|\\d+\\|\\d+"));
            assertThatThrownBy(() -> Rows.of(client, "SELECT nothing")).hasMessageContaining("Unknown column");

            Files.writeString(script, "def read_query(proxy, packet)\n");
            assertThatThrownBy(() -> Rows.of(connection, "RELOAD SCRIPT")).hasMessageContaining("SyntaxError");
            assertThatThrownBy(() -> Rows.of(client, "SELECT nothing")).hasMessageContaining("Unknown column");
            assertThat(Rows.of(connection, "SELECT * FROM scripts"))
                    .anyMatch(row -> row.contains("|global|1|") && row.contains("|1|"));

            Files.copy(
                    TestProxy.repository().resolve("samples/python/answer.py"),
                    script,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(Rows.of(connection, "RELOAD SCRIPT")).containsExactly("1 rows");
            assertThat(Rows.of(connection, "SELECT * FROM scripts")).anyMatch(row -> row.contains("|global|2|"));
            assertThat(client.isValid(1)).isTrue();
        }
    }

    @Test
    void shutdownIsForwarded() throws Exception {
        try (AdminServer admin = AdminServer.console().start();
                Connection connection = admin.connect()) {
            assertThat(Rows.of(connection, "SHUTDOWN")).containsExactly("0 rows");
            assertThat(admin.exits().poll(1, TimeUnit.SECONDS)).isZero();
        }
    }

    private static Connection client(AdminServer admin) throws SQLException {
        return DriverManager.getConnection(
                Servers.mysqlUrl(admin.port("proxy")),
                Servers.mysql().nativeAccount().user(),
                Servers.mysql().nativeAccount().password());
    }
}
