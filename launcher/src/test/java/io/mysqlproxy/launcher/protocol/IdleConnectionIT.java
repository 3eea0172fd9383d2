package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.JdbcConnection;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.testing.LogCapture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays with a connection that goes from one client to another, and what does not. */
class IdleConnectionIT {
    private static final String OPTIONS = "sslMode=DISABLED&allowPublicKeyRetrieval=true";

    /** Clients that quit leave their connection, those that come get it. */
    private static final String POOLING = """
            function connect_server()
                proxy.connection.backend_ndx = 1
                if proxy.connection.server then return proxy.PROXY_IGNORE_RESULT end
            end
            function read_query(packet)
                if packet:byte() == proxy.COM_QUIT then
                    proxy.connection.backend_ndx = 0
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
            end
            """;

    private final DatabaseServer server = Servers.mysql();
    private final Account account = server.nativeAccount();

    @TempDir
    Path folder;

    private TestProxy pooling() throws Exception {
        return TestProxy.to(server)
                .lua(Files.writeString(folder.resolve("pool.lua"), POOLING))
                .start();
    }

    private static void gone(TestProxy proxy) {
        Awaitility.await().until(() -> proxy.server().clients("proxy") == 0);
    }

    @Test
    @Tag("W-42")
    @Tag("W-43")
    void nothingOfASessionReachesTheNextClient() throws Exception {
        try (TestProxy proxy = pooling()) {
            String id;
            try (Connection c = Jdbc.connect(Jdbc.MYSQL, proxy.port(), account, OPTIONS)) {
                id = Jdbc.query(c, "SELECT CONNECTION_ID()");
                Jdbc.execute(
                        c,
                        "USE test",
                        "CREATE TEMPORARY TABLE mine (x INT)",
                        "SET @x = 7",
                        "SET SESSION sort_buffer_size = 65536",
                        "BEGIN");
                Jdbc.query(c, "SELECT GET_LOCK('mine', 0)");
            }
            gone(proxy);
            try (Connection c = Jdbc.connect(Jdbc.MYSQL, proxy.port(), account, OPTIONS)) {
                assertThat(Jdbc.query(c, "SELECT CONNECTION_ID()")).isEqualTo(id);
                assertThat(Jdbc.query(c, "SELECT @x")).isNull();
                assertThat(Jdbc.query(c, "SELECT IS_FREE_LOCK('mine')")).isEqualTo("1");
                assertThat(Jdbc.query(c, "SELECT @@sort_buffer_size")).isNotEqualTo("65536");
                assertThat(Jdbc.query(
                                c,
                                "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = " + id))
                        .isEqualTo("0");
                assertThat(Jdbc.query(c, "SHOW TABLES FROM test LIKE 'mine'")).isNull();
            }
        }
    }

    /** The flag is part of what a connection is kept under, also if it was switched by command. */
    @Test
    @Tag("W-42")
    void aConnectionWithOtherFlagsIsForNobodyElse() throws Exception {
        try (TestProxy proxy = pooling()) {
            String id;
            try (RawClient c = new RawClient(proxy.port())) {
                c.login(account.user(), account.password(), "test");
                id = c.cells("SELECT CONNECTION_ID()").get(0);
                c.ask("\33\1\0"); // COM_SET_OPTION, MULTI_STATEMENTS off
                c.ask("\1");
            }
            gone(proxy);
            try (RawClient c = new RawClient(proxy.port())) {
                c.login(account.user(), account.password(), "test");
                assertThat(c.cells("SELECT CONNECTION_ID()")).doesNotContain(id);
            }
        }
    }

    @Test
    @Tag("W-40")
    void whatAServerSaysToNobodyIsNobodysAnswer() throws Exception {
        try (TestProxy proxy = pooling();
                LogCapture log = new LogCapture();
                Connection direct = Jdbc.connect(Jdbc.MYSQL, server.port(), account, OPTIONS)) {
            String id;
            try (Connection c = Jdbc.connect(Jdbc.MYSQL, proxy.port(), account, OPTIONS)) {
                id = Jdbc.query(c, "SELECT CONNECTION_ID()");
            }
            gone(proxy);
            Jdbc.execute(direct, "KILL " + id);
            Awaitility.await().until(() -> log.lines().stream().anyMatch(l -> l.contains("it leaves the pool")));
            try (Connection c = Jdbc.connect(Jdbc.MYSQL, proxy.port(), account, OPTIONS)) {
                assertThat(Jdbc.query(c, "SELECT 1")).isEqualTo("1");
                assertThat(Jdbc.query(c, "SELECT CONNECTION_ID()")).isNotEqualTo(id);
            }
        }
    }

    @Test
    @Tag("W-45")
    void preparedStatementsStayWithTheirServer() throws Exception {
        // the same server twice, which numbers statements of each connection alike
        try (TestProxy proxy = new TestProxy.Builder()
                        .backend("127.0.0.1:" + server.port())
                        .backend(server.socket().toString())
                        .start();
                Connection one = Jdbc.connect(Jdbc.MYSQL, proxy.port(), account, OPTIONS + "&useServerPrepStmts=true");
                Connection two = Jdbc.connect(Jdbc.MYSQL, proxy.port(), account, OPTIONS + "&useServerPrepStmts=true");
                PreparedStatement a = one.prepareStatement("SELECT CONCAT('a', ?)");
                PreparedStatement b = two.prepareStatement("SELECT CONCAT('b', ?)")) {
            assertThat(proxy.server().clients("proxy")).isEqualTo(2);
            for (int i = 0; i < 3; i++) {
                assertThat(answer(a, i)).isEqualTo("a" + i);
                assertThat(answer(b, i)).isEqualTo("b" + i);
            }
            one.unwrap(JdbcConnection.class).changeUser(account.user(), account.password());
            assertThat(answer(b, 9)).as("the other's is closed, not this one").isEqualTo("b9");
        }
    }

    private static String answer(PreparedStatement statement, int value) throws SQLException {
        statement.setInt(1, value);
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }
}
