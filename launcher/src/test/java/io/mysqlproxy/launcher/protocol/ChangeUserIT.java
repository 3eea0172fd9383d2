package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcConnection;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another user on a connection whose challenge the client has never seen: the server has to ask anew (W-46). */
@Tag("W-46")
class ChangeUserIT {
    private static final String OPTIONS = "sslMode=DISABLED&allowPublicKeyRetrieval=true";

    /** Keeps connections of clients that quit; greets with an idle one if told so, and swaps on demand. */
    private static final String SCRIPT = """
            function connect_server()
                if not proxy.global.greet then return end
                proxy.connection.backend_ndx = 1
                if proxy.connection.server then return proxy.PROXY_IGNORE_RESULT end
            end
            function read_query(packet)
                local text = packet:sub(2)
                if packet:byte() == proxy.COM_QUIT or text == "swap" or text == "greet" then
                    if packet:byte() == proxy.COM_QUIT then proxy.connection.backend_ndx = 0
                    elseif text == "swap" then proxy.connection.backend_ndx = 1
                    else proxy.global.greet = true end
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
            end
            """;

    private final DatabaseServer server = Servers.mysql();
    private final Account caching = server.account();
    private final Account plain = server.nativeAccount();
    private TestProxy proxy;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("swap.lua"), SCRIPT);
        proxy = TestProxy.to(server).lua(script).start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private Connection connect(Account account) throws SQLException {
        return Jdbc.connect(Jdbc.MYSQL, proxy.port(), account, OPTIONS);
    }

    private static String id(Connection connection) throws SQLException {
        return Jdbc.query(connection, "SELECT CONNECTION_ID()");
    }

    /** Another client comes and goes. */
    private String visited(Account account) throws SQLException {
        try (Connection other = connect(account)) {
            return id(other);
        }
    }

    private static String user(Connection connection) throws SQLException {
        return Jdbc.query(connection, "SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)");
    }

    @Test
    @SuppressWarnings("try") // one of the connections has to end before the other goes on
    @Tag("R10")
    void overAConnectionThatWasSwapped() throws SQLException {
        for (Account first : List.of(caching, plain)) {
            for (Account next : List.of(plain, caching)) {
                try (Connection c = connect(first)) {
                    String pooled = visited(first);
                    Awaitility.await().until(() -> {
                        Jdbc.execute(c, "swap");
                        return id(c).equals(pooled);
                    });
                    c.unwrap(JdbcConnection.class).changeUser(next.user(), next.password());
                    assertThat(user(c)).isEqualTo(next.user());
                    assertThat(id(c)).isEqualTo(pooled);
                    c.unwrap(JdbcConnection.class).changeUser(first.user(), first.password());
                    assertThat(user(c)).isEqualTo(first.user());
                    assertThatThrownBy(() -> c.unwrap(JdbcConnection.class).changeUser(next.user(), "wrong"))
                            .isInstanceOf(SQLException.class);
                }
            }
        }
    }

    @Test
    void asTheLoginOverAnIdleConnection() throws SQLException {
        String pooled;
        try (Connection c = connect(plain)) {
            pooled = id(c);
            Jdbc.execute(c, "greet");
        }
        for (Account next : List.of(plain, caching, caching, plain)) {
            Awaitility.await().until(() -> proxy.server().clients("proxy") == 0);
            try (Connection c = connect(next)) {
                assertThat(user(c)).isEqualTo(next.user());
                assertThat(id(c)).isEqualTo(pooled);
            }
        }
    }
}
