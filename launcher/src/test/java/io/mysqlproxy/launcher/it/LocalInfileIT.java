package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Files of the client that the server asks for. */
class LocalInfileIT {
    private static final int LINES = 20_000;
    private static final int WIDTH = 1000;
    private static final String TABLE = "CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, v VARCHAR(1000)) ENGINE=MyISAM";

    @TempDir
    private static Path folder;

    private static Path big;

    @BeforeAll
    static void writeTwentyMegabytes() throws IOException {
        big = folder.resolve("big.csv");
        try (BufferedWriter lines = Files.newBufferedWriter(big)) {
            for (int i = 0; i < LINES; i++) {
                lines.append(i + "\t").append("x".repeat(WIDTH)).append('\n');
            }
        }
    }

    @Routes
    void twentyMegabytes(Route route) throws SQLException {
        try (Connection connection = route.connect(route.driver().allowed);
                Statement statement = connection.createStatement()) {
            Sql.run(connection, TABLE);

            assertThat(statement.executeUpdate(load(big, "t"))).isEqualTo(LINES);
            assertThat(Sql.rows(connection, "SELECT COUNT(*), SUM(id), SUM(LENGTH(v)) FROM t"))
                    .hasToString("[[20000, 199990000, 20000000]]");
        }
    }

    @Routes
    void aFileThatIsNotThereOrEmptyOrRefused(Route route) throws Exception {
        Path empty = Files.write(folder.resolve("empty.csv"), new byte[0]);
        Path twice = Files.writeString(folder.resolve("twice.csv"), "1\ta\n2\tb\n1\tc\n");
        try (Connection connection = route.connect(route.driver().allowed);
                Statement statement = connection.createStatement()) {
            Sql.run(connection, TABLE, "SET SESSION sql_mode = 'STRICT_ALL_TABLES'");

            assertThatThrownBy(() -> statement.execute(load(folder.resolve("nosuch.csv"), "t")))
                    .isInstanceOf(SQLException.class);
            assertThat(Sql.ask(connection, "SELECT 1")).isEqualTo("1");
            assertThat(statement.executeUpdate(load(empty, "t"))).isZero();
            assertThatThrownBy(() -> statement.execute(load(twice, "nosuch")))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1146));
            // LOCAL turns errors of single rows into warnings
            assertThat(statement.executeUpdate(load(twice, "t"))).isEqualTo(2);
            assertThat(Sql.ask(connection, "SELECT GROUP_CONCAT(v) FROM t")).isEqualTo("a,b");
        }
    }

    @Routes(hooks = {Hook.NONE, Hook.LUA_QUEUES, Hook.PYTHON_HOLDS})
    void aServerThatWantsNoFiles(Route route) throws SQLException {
        try (Connection direct = route.direct();
                Connection connection = route.connect(route.driver().allowed)) {
            Sql.run(connection, TABLE);
            Sql.run(direct, "SET GLOBAL local_infile = OFF");
            try {
                assertThatThrownBy(() -> Sql.run(connection, load(big, "t")))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(route.isMysql() ? 3948 : 4166));
            } finally {
                Sql.run(direct, "SET GLOBAL local_infile = ON");
            }
            assertThat(Sql.ask(connection, "SELECT COUNT(*) FROM t")).isEqualTo("0");
        }
    }

    private static String load(Path file, String table) {
        return "LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE " + table;
    }
}
