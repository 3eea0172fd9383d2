package io.mysqlproxy.samples;

import com.mysql.cj.jdbc.StatementImpl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.StringJoiner;

/**
 * Runs statements and writes down what came back. A statement behind {@code setup:} is run without a word, one behind
 * {@code prepared:} is prepared on the server.
 */
final class Transcript {
    private static final String COMMENT = "#";
    private static final String SETUP = "setup: ";
    private static final String PREPARED = "prepared: ";

    private final Connection connection;
    private final StringBuilder text = new StringBuilder();

    private Transcript(Connection connection) {
        this.connection = connection;
    }

    static String of(Connection connection, List<String> lines) throws SQLException {
        Transcript transcript = new Transcript(connection);
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith(COMMENT)) {
                transcript.run(line);
            }
        }
        return transcript.text.toString();
    }

    private void run(String line) throws SQLException {
        if (line.startsWith(SETUP)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(line.substring(SETUP.length()));
            }
            return;
        }
        text.append("> ").append(line).append('\n');
        try {
            if (line.startsWith(PREPARED)) {
                try (PreparedStatement statement = connection.prepareStatement(line.substring(PREPARED.length()))) {
                    answer(statement, statement.execute());
                }
            } else {
                try (Statement statement = connection.createStatement()) {
                    answer(statement, statement.execute(line));
                }
            }
        } catch (SQLException e) {
            text.append("ERROR " + e.getErrorCode() + " (" + e.getSQLState() + "): " + e.getMessage() + "\n");
        }
    }

    private void answer(Statement statement, boolean rows) throws SQLException {
        if (rows) {
            table(statement.getResultSet());
        } else {
            long id = statement.unwrap(StatementImpl.class).getLastInsertID();
            text.append("OK, affected rows: " + statement.getUpdateCount() + ", insert id: " + id + "\n");
        }
    }

    private void table(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        StringJoiner head = new StringJoiner(" | ");
        for (int i = 1; i <= columns; i++) {
            head.add(rows.getMetaData().getColumnLabel(i));
        }
        text.append(head).append('\n');
        while (rows.next()) {
            StringJoiner row = new StringJoiner(" | ");
            for (int i = 1; i <= columns; i++) {
                String cell = rows.getString(i);
                row.add(cell == null ? "NULL" : "'" + cell + "'");
            }
            text.append(row).append('\n');
        }
    }
}
