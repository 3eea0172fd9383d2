package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** A script that answers at once and writes its log behind the client's back: clients that leave at once lose no line of it. */
class AuditIT {
    private static final int CLIENTS = 20;

    /** Each statement is written down by two inserts, of which the first takes a while. */
    private static final String AUDIT = """
            function read_query(packet)
                if packet:byte() ~= proxy.COM_QUERY then return end
                local text = packet:sub(2)
                if text:sub(1, 4) ~= "note" then return end
                for part = 1, 2 do
                    proxy.queries:append(part, string.char(proxy.COM_QUERY) .. "INSERT INTO test.audit SELECT '"
                        .. text .. "', " .. part .. " + 0 * sleep(0.05)", { resultset_is_needed = true })
                end
                proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                return proxy.PROXY_SEND_RESULT
            end
            function read_query_result() return proxy.PROXY_IGNORE_RESULT end
            function disconnect_client() say("left") end
            """;

    @Scenario
    @Tag("J-43")
    @Tag("W-39")
    void nothingIsLostWhenClientsLeaveAtOnce(Stage stage) throws SQLException {
        DatabaseServer server = Servers.mysql();
        Account account = server.nativeAccount();
        stage.script(AUDIT).start(proxy -> proxy.backend("127.0.0.1:" + server.port()));
        try (Connection direct = DriverManager.getConnection(
                        Servers.mysqlUrl(server.port()), account.user(), account.password());
                Statement statement = direct.createStatement()) {
            statement.execute("CREATE TABLE audit (text VARCHAR(20), part INT)");
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    RawClient client = stage.connect();
                    client.login(account.user(), account.password(), "test");
                    client.ask("\3note " + i);
                    client.close();
                }
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(rows(statement)).isEqualTo(2 * CLIENTS));
                assertThat(stage.said(CLIENTS)).hasSize(CLIENTS);
                Awaitility.await().until(() -> stage.proxy().server().clients("proxy") == 0);
            } finally {
                statement.execute("DROP TABLE audit");
            }
        }
    }

    @Scenario
    @Tag("J-43")
    void aServerThatDoesNotAnswerIsNotWaitedForWithoutEnd(Stage stage) {
        DatabaseServer server = Servers.mysql();
        Account account = server.nativeAccount();
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(60));
        stage.script("""
                function read_query(packet)
                    if packet:sub(2) ~= "note" then return end
                    proxy.queries:append(1, string.char(proxy.COM_QUERY) .. "DO SLEEP(5)", { resultset_is_needed = true })
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
                function disconnect_client() say("left") end
                """)
                .start(proxy -> proxy.backend("127.0.0.1:" + server.port()).timeouts(timeouts));
        RawClient client = stage.connect();
        client.login(account.user(), account.password(), "test");
        client.ask("\3note");
        client.close();
        long start = System.nanoTime();
        assertThat(stage.said(1)).containsExactly("left");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        Awaitility.await().until(() -> stage.proxy().server().clients("proxy") == 0);
    }

    private static int rows(Statement statement) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM audit")) {
            count.next();
            return count.getInt(1);
        }
    }
}
