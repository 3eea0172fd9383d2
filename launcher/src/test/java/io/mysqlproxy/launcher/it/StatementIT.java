package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Every way of asking, and every shape of answer. */
class StatementIT {
    private static final String TABLE = "CREATE TEMPORARY TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20))";

    @Routes
    void rowsCountsAndErrors(Route route) throws SQLException {
        try (Connection connection = route.connect();
                Statement statement = connection.createStatement()) {
            Sql.run(connection, TABLE);

            assertThat(statement.executeUpdate(
                            "INSERT INTO t (v) VALUES ('a'), ('b')", Statement.RETURN_GENERATED_KEYS))
                    .isEqualTo(2);
            assertThat(Sql.rows(statement.getGeneratedKeys()).get(0)).containsExactly("1");
            assertThat(statement.executeUpdate("UPDATE t SET v = 'c'")).isEqualTo(2);
            assertThatThrownBy(() -> statement.execute("SELECT nosuch FROM t"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(Sql.error(e)).startsWith("1054 42S22 Unknown column 'nosuch' in "));
            assertThat(Sql.rows(connection, "SELECT id, v FROM t"))
                    .containsExactly(List.of("1", "c"), List.of("2", "c"));
            assertThat(Sql.rows(connection, "SELECT id, v FROM t WHERE id > 2")).isEmpty();
            statement.execute("SELECT CAST('12x' AS SIGNED)");
            assertThat(statement.getWarnings().getErrorCode()).isEqualTo(1292);
        }
    }

    @Routes
    void preparedOnTheServer(Route route) throws SQLException {
        try (Connection connection = route.connect(route.driver().prepared)) {
            Sql.run(connection, TABLE);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (v) VALUES (?)");
                    PreparedStatement select = connection.prepareStatement("SELECT id, v FROM t WHERE id >= ?")) {
                for (String v : new String[] {"a", null, "c"}) {
                    insert.setString(1, v);
                    assertThat(insert.executeUpdate()).isEqualTo(1);
                }
                select.setInt(1, 2);
                assertThat(Sql.rows(select.executeQuery())).hasToString("[[2, null], [3, c]]");
                select.setInt(1, 3);
                assertThat(Sql.rows(select.executeQuery())).hasToString("[[3, c]]");
            }
            assertThat(Sql.ask(connection, "SHOW SESSION STATUS LIKE 'Com_stmt_execute'"))
                    .isEqualTo("Com_stmt_execute");
            assertThat(Sql.rows(connection, "SHOW SESSION STATUS LIKE 'Com_stmt_execute'")
                            .get(0)
                            .get(1))
                    .isEqualTo("5");
        }
    }

    @Routes
    void aStatementThatCannotBePrepared(Route route) throws SQLException {
        try (Connection connection = route.connect(route.driver().prepared)) {
            assertThatThrownBy(
                            () -> connection.prepareStatement("SELECT nosuch").execute())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1054));
            assertThat(Sql.ask(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Routes
    void aCursorFetchesPieceByPiece(Route route) throws SQLException {
        try (Connection connection = route.connect(route.driver().prepared);
                PreparedStatement select = connection.prepareStatement(Sql.numbers(3, "'x'") + " ORDER BY n")) {
            select.setFetchSize(70);
            int expected = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    assertThat(rows.getInt(1)).isEqualTo(expected++);
                }
            }
            assertThat(expected).isEqualTo(1000);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
            }
            assertThat(Sql.ask(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Routes
    void batches(Route route) throws SQLException {
        String settings = route.driver() == Driver.CONNECTOR_J ? "rewriteBatchedStatements=true" : "useBulkStmts=true";
        for (String mode : new String[] {"x=y", settings, route.driver().prepared}) {
            try (Connection connection = route.connect(mode, route.driver().allowed)) {
                Sql.run(connection, TABLE);
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (v) VALUES (?)")) {
                    for (int i = 0; i < 50; i++) {
                        insert.setString(1, "v" + i);
                        insert.addBatch();
                    }
                    assertThat(insert.executeBatch()).hasSize(50);
                }
                assertThat(Sql.rows(connection, "SELECT COUNT(*), MAX(id), MIN(v) FROM t"))
                        .containsExactly(List.of("50", "50", "v0"));
            }
        }
    }

    @Routes
    void severalStatementsInOne(Route route) throws SQLException {
        try (Connection connection = route.connect(route.driver().allowed);
                Statement statement = connection.createStatement()) {
            Sql.run(connection, TABLE);

            statement.execute("INSERT INTO t (v) VALUES ('a'); SELECT v FROM t; UPDATE t SET v = 'b'; SELECT v FROM t");
            assertThat(answers(statement, false)).containsExactly("1", "[[a]]", "1", "[[b]]");
            assertThatThrownBy(() -> {
                        statement.execute("SELECT 1; SELECT nosuch; SELECT 2");
                        answers(statement, true);
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("nosuch");
            assertThat(Sql.ask(connection, "SELECT v FROM t")).isEqualTo("b");
        }
    }

    @Routes
    void aProcedureWithResultsAndParameters(Route route) throws SQLException {
        String name = "twice_" + Long.toString(System.nanoTime(), 36);
        for (String mode : new String[] {"x=y", route.driver().prepared}) {
            try (Connection connection = route.connect(mode)) {
                Sql.run(
                        connection,
                        "CREATE PROCEDURE " + name + "(IN a INT, OUT b INT, INOUT c VARCHAR(20)) BEGIN"
                                + " SELECT a AS first; SET b = a * 2; SET c = CONCAT(c, '!'); SELECT b AS second, c; END");
                try (CallableStatement call = connection.prepareCall("{call " + name + "(?, ?, ?)}")) {
                    call.setInt(1, 21);
                    call.registerOutParameter(2, Types.INTEGER);
                    call.registerOutParameter(3, Types.VARCHAR);
                    call.setString(3, "c");
                    assertThat(call.execute()).isTrue();
                    assertThat(answers(call, true)).startsWith("[[21]]", "[[42, c!]]");
                    assertThat(call.getInt(2)).isEqualTo(42);
                    assertThat(call.getString(3)).isEqualTo("c!");
                } finally {
                    Sql.run(connection, "DROP PROCEDURE " + name);
                }
                assertThat(Sql.ask(connection, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    /** All answers, the current one included; true to begin with a result set. */
    private static List<String> answers(Statement statement, boolean rows) throws SQLException {
        List<String> answers = new ArrayList<>();
        boolean more = rows;
        while (more || statement.getUpdateCount() >= 0) {
            answers.add(more ? Sql.rows(statement.getResultSet()).toString() : "" + statement.getUpdateCount());
            more = statement.getMoreResults();
        }
        return answers;
    }
}
