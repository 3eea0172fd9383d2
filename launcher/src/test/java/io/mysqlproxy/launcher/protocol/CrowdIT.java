package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcConnection;
import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.core.config.Limits;
import io.mysqlproxy.core.config.Network;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.Wrapping;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.packet.Err;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only so many clients of one user, and from one address (protocol.md 9). */
@Timeout(60)
class CrowdIT {
    private static final String PLAIN = "sslMode=DISABLED&allowPublicKeyRetrieval=true";
    private static final DatabaseServer SERVER = Servers.mysql();

    @TempDir
    private Path folder;

    private static ProtocolConfig protocol(int users, int addresses, int prepared) {
        Allowance allowance = new Allowance(Duration.ZERO, Duration.ZERO, users, addresses, prepared);
        return ProtocolConfig.DEFAULT.with(Limits.DEFAULT.with(allowance));
    }

    private static Connection connect(TestProxy proxy, Account account) throws SQLException {
        return Jdbc.connect(Jdbc.MYSQL, proxy.port(), account, PLAIN);
    }

    private static void full(TestProxy proxy, Account account) {
        assertThatThrownBy(() -> connect(proxy, account)).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(1203);
            assertThat(e.getSQLState()).isEqualTo("42000");
            assertThat(e.getMessage())
                    .contains("User " + account.user()
                            + " already has more than 'max_user_connections' active connections");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "function read_auth_result() end", "function read_query() end"})
    void aUserHasOnlySoManyClients(String script) throws Exception {
        TestProxy.Builder builder = TestProxy.to(SERVER).protocol(protocol(2, 0, 0));
        if (!script.isEmpty()) {
            builder.lua(Files.writeString(folder.resolve("script.lua"), script));
        }
        try (TestProxy proxy = builder.start()) {
            Account native_ = SERVER.nativeAccount();
            for (int i = 0; i < 5; i++) { // who does not get in does not count
                assertThatThrownBy(() -> connect(proxy, new Account(native_.user(), "wrong")))
                        .hasMessageContaining("Access denied");
            }
            Connection first = connect(proxy, native_);
            try (Connection second = connect(proxy, native_)) {
                full(proxy, native_);
                full(proxy, native_);
                connect(proxy, SERVER.account()).close();
                assertThat(Jdbc.query(second, "SELECT 1")).isEqualTo("1");
                // whoever breaks off leaves as well
                first.abort(Runnable::run);
                Awaitility.await().until(() -> proxy.server().clients("proxy") == 1);
                connect(proxy, native_).close();
            }
        }
    }

    @Test
    void whoBecomesAnotherUserCountsAsThat() throws Exception {
        Account one = SERVER.nativeAccount();
        Account other = SERVER.account();
        try (TestProxy proxy = TestProxy.to(SERVER).protocol(protocol(1, 0, 0)).start()) {
            try (Connection c = connect(proxy, one)) {
                c.unwrap(JdbcConnection.class).changeUser(other.user(), other.password());
                full(proxy, other);
                try (Connection d = connect(proxy, one)) {
                    assertThatThrownBy(() -> d.unwrap(JdbcConnection.class).changeUser(other.user(), other.password()))
                            .isInstanceOf(SQLException.class);
                }
                Awaitility.await().until(() -> proxy.server().clients("proxy") == 1);
                c.unwrap(JdbcConnection.class).changeUser(one.user(), one.password());
                connect(proxy, other).close();
            }
        }
    }

    @Test
    void aScriptThatPlaysTheServerLetsNobodyPastIt() throws Exception {
        Path mock = Files.writeString(folder.resolve("mock.lua"), """
                function connect_server()
                    proxy.response = { type = proxy.MYSQLD_PACKET_RAW, packets = {
                        "\\10" .. "5.1.0\\0" .. "\\1\\0\\0\\0" .. "abcdefgh\\0" .. "\\0\\130" .. "\\8\\2\\0"
                        .. string.rep("\\0", 13) .. "ijklmnopqrst\\0" } }
                    return proxy.PROXY_SEND_RESULT
                end
                function read_auth()
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
                """);
        try (TestProxy proxy = TestProxy.to(SERVER)
                        .protocol(protocol(1, 0, 0))
                        .lua(mock)
                        .start();
                RawClient first = new RawClient(proxy.port());
                RawClient second = new RawClient(proxy.port())) {
            assertThat(first.login("joe").first()).isZero();
            assertThat(second.login("joe").text()).contains("#42000User joe already has more than");
            assertThat(second.isClosed()).isTrue();
        }
    }

    @Test
    void anAddressHasOnlySoManyClients() throws Exception {
        try (TestProxy proxy = TestProxy.to(SERVER).protocol(protocol(0, 2, 0)).start()) {
            RawPeer silent = RawPeer.connect(proxy.port()); // counts: nobody knows yet who it is
            silent.read();
            try (Connection second = connect(proxy, SERVER.nativeAccount());
                    RawPeer third = RawPeer.connect(proxy.port())) {
                assertThat(Err.read(third.read()))
                        .isEqualTo(new Err(1040, null, "Too many connections from 127.0.0.1"));
                assertThat(third.closes()).isTrue();
                assertThat(Jdbc.query(second, "SELECT 1")).isEqualTo("1");
            }
            silent.close();
            Awaitility.await().until(() -> proxy.server().clients("proxy") == 0);
            connect(proxy, SERVER.nativeAccount()).close();
        }
    }

    @Test
    @Tag("W-07")
    void behindABalancerItIsTheRealAddressThatCounts() throws Exception {
        Wrapping announced = new Wrapping(List.of(Network.parse("127.0.0.0/8")), false, false, false);
        try (TestProxy proxy = TestProxy.to(SERVER)
                        .protocol(protocol(0, 1, 0).with(announced))
                        .start();
                RawPeer other = from(proxy, "203.0.113.10")) {
            RawPeer one = from(proxy, "203.0.113.9");
            assertThat(one.read().getByte(0)).isEqualTo((byte) 10);
            assertThat(other.read().getByte(0)).isEqualTo((byte) 10);
            try (RawPeer again = from(proxy, "203.0.113.9")) {
                assertThat(Err.read(again.read()))
                        .isEqualTo(new Err(1040, null, "Too many connections from 203.0.113.9"));
                assertThat(again.closes()).isTrue();
            }
            one.close();
            Awaitility.await().until(() -> proxy.server().clients("proxy") == 1);
            try (RawPeer later = from(proxy, "203.0.113.9")) {
                assertThat(later.read().getByte(0)).isEqualTo((byte) 10);
            }
        }
    }

    private static RawPeer from(TestProxy proxy, String address) throws Exception {
        RawPeer client = RawPeer.connect(proxy.port());
        client.send(("PROXY TCP4 " + address + " 192.0.2.1 4711 3306\r\n").getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    @Test
    void aClientPreparesOnlySoManyStatements() throws Exception {
        try (TestProxy proxy = TestProxy.to(SERVER).protocol(protocol(0, 0, 2)).start();
                Connection c = Jdbc.connect(
                        Jdbc.MYSQL,
                        proxy.port(),
                        SERVER.nativeAccount(),
                        PLAIN + "&useServerPrepStmts=true&emulateUnsupportedPstmts=false")) {
            var first = c.prepareStatement("SELECT 1");
            var second = c.prepareStatement("SELECT 2");
            assertThatThrownBy(() -> c.prepareStatement("SELECT 3")).isInstanceOfSatisfying(SQLException.class, e -> {
                assertThat(e.getErrorCode()).isEqualTo(1461);
                assertThat(e.getSQLState()).isEqualTo("42000");
            });
            first.close();
            try (var third = c.prepareStatement("SELECT 3");
                    var rows = third.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
            second.close();
        }
    }
}
