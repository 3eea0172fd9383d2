package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.server.Account;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The client that people type into; routes differ in drivers, which are not used here but to look on. */
class CommandLineClientIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void requireClient() {
        MariadbClient.require();
    }

    @Routes(drivers = Driver.MARIADB)
    void statements(Route route) throws Exception {
        MariadbClient.Outcome outcome = run(
                route,
                "CREATE TEMPORARY TABLE t (v VARCHAR(20));"
                        + "INSERT INTO t VALUES ('a'), (NULL), ('żółw 🐢'); SELECT v AS name FROM t; USE mysql;"
                        + "SELECT DATABASE(), 6 * 7; SELECT 1 FROM DUAL WHERE FALSE");

        assertThat(outcome)
                .isEqualTo(new MariadbClient.Outcome(0, "name\na\nNULL\nżółw 🐢\nDATABASE()\t6 * 7\nmysql\t42\n1\n"));
    }

    @Routes(drivers = Driver.MARIADB)
    void errorsOfStatementsAndLogins(Route route) throws Exception {
        MariadbClient.Outcome outcome = run(route, "SELECT 1; SELECT nosuch; SELECT 2");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output())
                .startsWith("1\n1\n")
                .contains("\nERROR 1054 (42S22) at line 1: Unknown column 'nosuch' in ")
                .doesNotContain("2\n2\n");

        Account account = route.server().account();
        Account wrong = new Account(account.user(), "guess");
        assertThat(MariadbClient.run(route.port(), wrong, "SELECT 1"))
                .isEqualTo(MariadbClient.run(route.server().port(), wrong, "SELECT 1"))
                .isEqualTo(new MariadbClient.Outcome(
                        1, "ERROR 1045 (28000): Access denied for user 'app'@'127.0.0.1' (using password: YES)\n"));
    }

    @Routes(drivers = Driver.MARIADB)
    void aLocalFile(Route route) throws Exception {
        Path file = Files.writeString(folder.resolve("lines.csv"), "1\tone\n2\ttwo\n");

        MariadbClient.Outcome outcome = run(
                route,
                "CREATE TEMPORARY TABLE t (id INT, v VARCHAR(20)); LOAD DATA LOCAL INFILE '" + file
                        + "' INTO TABLE t; SELECT * FROM t");

        assertThat(outcome).isEqualTo(new MariadbClient.Outcome(0, "id\tv\n1\tone\n2\ttwo\n"));
    }

    /** Nobody says goodbye then. */
    @Routes(
            drivers = Driver.MARIADB,
            hooks = {Hook.NONE, Hook.LUA_QUEUES, Hook.PYTHON_LOOKS})
    void aClientKilledInTheMiddleOfAResult(Route route) throws Exception {
        Process client = MariadbClient.start(
                route.port(),
                route.server().account(),
                "SELECT CONNECTION_ID(); " + Sql.numbers(5, "REPEAT('x', 2000)"));
        try (Connection direct = route.direct()) {
            byte[] start = client.getInputStream().readNBytes(4096);
            String id = new String(start, StandardCharsets.US_ASCII)
                    .lines()
                    .toList()
                    .get(1);
            assertThat(Sql.alive(direct, id)).isEqualTo(1);

            client.destroyForcibly();

            await().atMost(Duration.ofSeconds(5)).until(() -> Sql.alive(direct, id) == 0);
        } finally {
            client.destroyForcibly();
        }
    }

    private static MariadbClient.Outcome run(Route route, String sql) throws Exception {
        return MariadbClient.run(route.port(), route.server().account(), sql);
    }
}
