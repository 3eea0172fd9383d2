package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Python script that is the server: real clients, and no database anywhere (python-api.md 2.4). */
@Tag("P-70")
class MockIT {
    /** What Connector/J asks for when it connects, is answered from a dict; one statement is an error, the others a cell. */
    private static final String MOCK = """
            import re

            # protocol 10, version, thread id, scramble, capabilities, utf8mb4, auto-commit, plugins, length, scramble, plugin
            GREETING = ('\\n8.0.31-mock\\0' '\\7\\0\\0\\0' '01234567\\0' '\\x0d\\xa2' '\\x2d' '\\2\\0' '\\x08\\0' '\\x15'
                        + '\\0' * 10 + '890123456789\\0' 'mysql_native_password\\0')
            VARIABLES = {
                'auto_increment_increment': 1, 'character_set_client': 'utf8mb4', 'character_set_connection': 'utf8mb4',
                'character_set_results': 'utf8mb4', 'character_set_server': 'utf8mb4',
                'collation_connection': 'utf8mb4_general_ci', 'collation_server': 'utf8mb4_general_ci',
                'interactive_timeout': 99, 'lower_case_table_names': 0, 'max_allowed_packet': 1048576,
                'net_write_timeout': 60, 'performance_schema': 0, 'system_time_zone': 'UTC', 'time_zone': 'UTC',
                'transaction_isolation': 'REPEATABLE-READ', 'wait_timeout': 99,
            }


            def connect_server(proxy):
                proxy.response = {'type': proxy.MYSQLD_PACKET_RAW, 'packets': [GREETING]}
                return proxy.PROXY_SEND_RESULT


            def rows(proxy, names, row):
                proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'resultset': {
                    'fields': [{'name': n, 'type': proxy.MYSQL_TYPE_VAR_STRING} for n in names], 'rows': [row]}}


            def read_query(proxy, packet):
                query = packet[1:]
                proxy.response = {'type': proxy.MYSQLD_PACKET_OK}
                if ord(packet[0]) != proxy.COM_QUERY or query.lower().startswith('set '):
                    pass
                elif 'auto_increment_increment' in query:
                    names = re.findall(r'AS (\\w+)', query)
                    rows(proxy, names, [VARIABLES.get(n) for n in names])
                elif query == 'SELECT wrong':
                    proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errcode': 1146, 'sqlstate': '42S02',
                                      'errmsg': 'there are no tables'}
                elif query.startswith('INSERT'):
                    proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'affected_rows': 3, 'insert_id': 300}
                elif query.startswith('SELECT @@version_comment'):
                    rows(proxy, ['@@version_comment'], ['mock'])
                else:
                    rows(proxy, ['said', 'user', 'nothing'], [query, proxy.connection.client.username, None])
                return proxy.PROXY_SEND_RESULT
            """;

    private final Rig rig = Rig.of(MOCK);

    @AfterEach
    void nobodyAskedTheBackend() {
        assertThat(rig.backend.queries()).isEmpty();
        rig.close();
    }

    @Test
    void servesConnectorJ() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(Servers.mysqlUrl(rig.proxy().pythonPort()), "joe", "secret")) {
            try (PreparedStatement select = connection.prepareStatement("SELECT ?")) {
                select.setString(1, "it's");
                ResultSet rows = select.executeQuery();
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("said")).isEqualTo("SELECT 'it''s'");
                assertThat(rows.getString("user")).isEqualTo("joe");
                assertThat(rows.getString("nothing")).isNull();
                assertThat(rows.next()).isFalse();
            }
            try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("INSERT 3", java.sql.Statement.RETURN_GENERATED_KEYS))
                        .isEqualTo(3);
                ResultSet keys = statement.getGeneratedKeys();
                assertThat(keys.next()).isTrue();
                assertThat(keys.getLong(1)).isEqualTo(300);
            }
            assertThat(failure(connection)).isEqualTo("42S02 1146 there are no tables");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private static String failure(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeQuery("SELECT wrong");
            return null;
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getErrorCode() + " " + e.getMessage();
        }
    }

    @Test
    void servesTheCommandLineClient() throws Exception {
        Process client = new ProcessBuilder(List.of(
                        "mariadb",
                        "--no-defaults",
                        "--host=127.0.0.1",
                        "--port=" + rig.proxy().pythonPort(),
                        "--user=joe",
                        "--password=secret",
                        "--skip-ssl",
                        "--execute=SELECT something; SELECT wrong"))
                .redirectErrorStream(true)
                .start();
        try {
            String out = new String(client.getInputStream().readAllBytes());
            assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(out)
                    .contains("ERROR 1146 (42S02) at line 1: there are no tables\n")
                    .contains("said\tuser\tnothing\nSELECT something\tjoe\tNULL\n");
        } finally {
            client.destroyForcibly();
        }
    }
}
