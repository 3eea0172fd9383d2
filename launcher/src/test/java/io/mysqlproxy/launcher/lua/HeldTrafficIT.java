package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.script.ScriptScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import org.junit.jupiter.api.Tag;

/** Real drivers and servers, with a script that queues every command and looks at every answer, held or passing. */
class HeldTrafficIT {
    private static final String MYSQL_OPTIONS =
            "&useServerPrepStmts=true&allowMultiQueries=true&allowLoadLocalInfile=true&rewriteBatchedStatements=true";
    private static final String MARIADB_OPTIONS =
            "&useServerPrepStmts=true&allowMultiQueries=true&allowLocalInfile=true";

    private static final String SCRIPT = """
            function read_query(packet)
                if packet:byte() == proxy.COM_QUIT then return end
                proxy.queries:append(packet:byte(), packet, { resultset_is_needed = %s })
                return proxy.PROXY_SEND_QUERY
            end
            function read_query_result(inj)
                local r = inj.resultset
                local n = 0
                if %s then
                    for i = 1, #r.fields do n = n + #r.fields[i].name + r.fields[i].length end
                    if r.rows then for row in r.rows do n = n + #(row[1] or "") end end
                end
                proxy.global.n = (proxy.global.n or 0) + n + r.row_count + r.bytes
                if inj.response_time < inj.query_time then error("time") end
            end
            """;

    private static void start(Stage stage, boolean held, int port) {
        stage.script(SCRIPT.formatted(held, held)).start(proxy -> proxy.backend("127.0.0.1:" + port));
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-98")
    void heldFromMysql(Stage stage) throws Exception {
        start(stage, true, Servers.mysql().port());
        work(
                stage,
                Servers.mysqlUrl(stage.proxy().port()) + MYSQL_OPTIONS,
                Servers.mysql().account());
    }

    @Scenario(ScriptScope.EXECUTION)
    void passingFromMysql(Stage stage) throws Exception {
        start(stage, false, Servers.mysql().port());
        work(
                stage,
                Servers.mysqlUrl(stage.proxy().port()) + MYSQL_OPTIONS,
                Servers.mysql().nativeAccount());
    }

    @Scenario(ScriptScope.EXECUTION)
    void heldFromMariadb(Stage stage) throws Exception {
        start(stage, true, Servers.mariadb().port());
        work(
                stage,
                Servers.mariadbUrl(stage.proxy().port()) + MARIADB_OPTIONS,
                Servers.mariadb().account());
    }

    @Scenario(ScriptScope.EXECUTION)
    void passingFromMariadb(Stage stage) throws Exception {
        start(stage, false, Servers.mariadb().port());
        work(
                stage,
                Servers.mariadbUrl(stage.proxy().port()) + MARIADB_OPTIONS,
                Servers.mariadb().account());
    }

    private static void work(Stage stage, String url, Account account) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, account.user(), account.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE held (id INT, t VARCHAR(100), d DATETIME, b BLOB)");
            insert(connection);
            load(stage, statement);
            assertThat(read(connection))
                    .isEqualTo("1 eins 2020-01-02 03:04:05.0 null; 2 null null x; 7 sieben null null; ");
            several(statement);
            assertThatThrownBy(() -> statement.executeQuery("SELECT nothing FROM nowhere"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("nowhere");
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(stage.log().errors()).isEmpty();
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO held VALUES (?, ?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setString(2, "eins");
            insert.setTimestamp(3, Timestamp.valueOf("2020-01-02 03:04:05"));
            insert.setBytes(4, null);
            insert.addBatch();
            insert.setInt(1, 2);
            insert.setString(2, null);
            insert.setTimestamp(3, null);
            insert.setBytes(4, new byte[] {'x'});
            insert.addBatch();
            assertThat(insert.executeBatch()).hasSize(2);
        }
    }

    private static void load(Stage stage, Statement statement) throws Exception {
        Path file = stage.folder().resolve("rows.csv");
        Files.writeString(file, "7,sieben,\\N,\\N\n");
        statement.execute("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE held FIELDS TERMINATED BY ','");
    }

    private static String read(Connection connection) throws SQLException {
        StringBuilder out = new StringBuilder();
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM held WHERE id > ? ORDER BY id")) {
            select.setInt(1, 0);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    out.append(rows.getInt(1))
                            .append(' ')
                            .append(rows.getString(2))
                            .append(' ');
                    out.append(rows.getTimestamp(3))
                            .append(' ')
                            .append(rows.getString(4))
                            .append("; ");
                }
            }
        }
        return out.toString();
    }

    private static void several(Statement statement) throws SQLException {
        assertThat(statement.execute("SELECT 1; UPDATE held SET t = 'x' WHERE id = 1; SELECT 2"))
                .isTrue();
        assertThat(statement.getMoreResults()).isFalse();
        assertThat(statement.getUpdateCount()).isEqualTo(1);
        assertThat(statement.getMoreResults()).isTrue();
        try (ResultSet last = statement.getResultSet()) {
            assertThat(last.next()).isTrue();
            assertThat(last.getInt(1)).isEqualTo(2);
        }
    }
}
