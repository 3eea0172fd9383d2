package io.mysqlproxy.launcher.admin;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Results as lists. */
final class Rows {
    private Rows() {}

    /** The names of the columns, then the rows, each joined by {@code |}. */
    static List<String> of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return List.of(statement.getUpdateCount() + " rows");
            }
            try (ResultSet result = statement.getResultSet()) {
                int columns = result.getMetaData().getColumnCount();
                List<String> lines = new ArrayList<>();
                lines.add(line(columns, i -> result.getMetaData().getColumnLabel(i)));
                while (result.next()) {
                    lines.add(line(columns, result::getString));
                }
                return lines;
            }
        }
    }

    private interface Cell {
        String at(int column) throws SQLException;
    }

    private static String line(int columns, Cell cell) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            cells.add(cell.at(i));
        }
        return String.join("|", cells.stream().map(String::valueOf).toList());
    }
}
