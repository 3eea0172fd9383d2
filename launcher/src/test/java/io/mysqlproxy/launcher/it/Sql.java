package io.mysqlproxy.launcher.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements and their results, in few words. */
final class Sql {
    /** Runs statements whose results do not matter. */
    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first cell of a result; null if there is no row. */
    static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** All cells of a result. */
    static List<List<String>> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows(rows);
        }
    }

    /** The cells that are left. */
    static List<List<String>> rows(ResultSet rows) throws SQLException {
        List<List<String>> all = new ArrayList<>();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                cells.add(rows.getString(i));
            }
            all.add(cells);
        }
        return all;
    }

    /** Number, state and text, as the server sent them. */
    static String error(SQLException e) {
        // MariaDB's driver puts the number of the connection in front
        return e.getErrorCode() + " " + e.getSQLState() + " " + e.getMessage().replaceFirst("\\(conn=\\d+\\) ", "");
    }

    /** The server's number of this connection. */
    static String id(Connection connection) throws SQLException {
        return ask(connection, "SELECT CONNECTION_ID()");
    }

    /** How many connections of these numbers the server has; asked on another one. */
    static int alive(Connection other, String... ids) throws SQLException {
        return Integer.parseInt(ask(
                other,
                "SELECT COUNT(*) FROM information_schema.processlist WHERE id IN (" + String.join(",", ids) + ")"));
    }

    /**
     * A query for the numbers 0 to 10^digits - 1, named {@code n}, with something else in each row. No server has to sort or
     * keep them, so they come as fast as they are taken.
     */
    static String numbers(int digits, String columns) {
        String digit = "(SELECT 0 i UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
                + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
        String sum = IntStream.range(0, digits)
                .mapToObj(power -> "d" + power + ".i * " + Math.round(Math.pow(10, power)))
                .collect(Collectors.joining(" + "));
        String tables = IntStream.range(0, digits)
                .mapToObj(power -> digit + " d" + power)
                .collect(Collectors.joining(", "));
        return "SELECT " + sum + " AS n, " + columns + " FROM " + tables;
    }

    private Sql() {}
}
