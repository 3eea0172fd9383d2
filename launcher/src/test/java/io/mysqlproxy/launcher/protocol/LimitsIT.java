package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MYSQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.Limits;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.packet.Err;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may not do, and what they are told then. */
@Timeout(60)
class LimitsIT {
    private static final String PLAIN = "sslMode=DISABLED&allowLoadLocalInfile=true";
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void aClientTooManyIsToldSoWithoutAState() throws Exception {
        DatabaseServer server = Servers.mysql();
        Limits limits = new Limits(1, MEBIBYTE, MEBIBYTE, MEBIBYTE);
        try (TestProxy proxy = TestProxy.to(server)
                .protocol(ProtocolConfig.DEFAULT.with(limits))
                .start()) {
            try (Connection first = Jdbc.connect(MYSQL, proxy.port(), server.nativeAccount(), PLAIN);
                    RawPeer second = RawPeer.connect(proxy.port())) {
                ByteBuf said = second.read();
                assertThat(second.sequence()).isZero();
                assertThat(Err.read(said)).isEqualTo(new Err(1040, null, "Too many connections"));
                assertThat(second.closes()).isTrue();
                assertThatThrownBy(() -> Jdbc.connect(MYSQL, proxy.port(), server.nativeAccount(), PLAIN))
                        .hasMessageContaining("Too many connections");
                assertThat(Jdbc.query(first, "SELECT 1")).isEqualTo("1");
            }
            for (int i = 0; i < 50 && proxy.server().clients("proxy") > 0; i++) {
                Thread.sleep(20);
            }
            Jdbc.connect(MYSQL, proxy.port(), server.nativeAccount(), PLAIN).close();
        }
    }

    @Test
    @Tag("W-08")
    void silenceInALoginEndsIt() throws Exception {
        Duration day = Duration.ofDays(1);
        Duration step =
                Duration.ofSeconds(3); // a real login has to get through a step in this time, however busy the machine
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(2), day, day, step);
        try (TestProxy proxy = TestProxy.to(Servers.mysql()).timeouts(timeouts).start();
                RawPeer client = RawPeer.connect(proxy.port())) {
            client.read();
            assertThat(client.closes()).isTrue();
            try (Connection c =
                    Jdbc.connect(MYSQL, proxy.port(), Servers.mysql().nativeAccount(), PLAIN)) {
                assertThat(Jdbc.query(c, "SELECT SLEEP(4)")).isEqualTo("0");
                assertThat(Jdbc.query(c, "SELECT 1")).isEqualTo("1");
            }
        }
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = new TestProxy.Builder()
                        .backend("127.0.0.1:" + silent.getLocalPort())
                        .timeouts(new Timeouts(Duration.ofSeconds(2), day, day, Duration.ofMillis(300)))
                        .start();
                RawPeer client = RawPeer.connect(proxy.port())) {
            assertThat(client.closes()).isTrue();
        }
    }

    @Test
    @Tag("W-36")
    void commandsForAScriptHaveALongestLength() throws Exception {
        Path script = script("function read_query(packet) end");
        Limits limits = new Limits(0, MEBIBYTE, 100 * MEBIBYTE, 100 * MEBIBYTE);
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                        .lua(script)
                        .protocol(ProtocolConfig.DEFAULT.with(limits))
                        .start();
                Connection c = Jdbc.connect(MYSQL, proxy.port(), Servers.mysql().nativeAccount(), PLAIN)) {
            String fits = "SELECT LENGTH('" + "x".repeat(1_000_000) + "')";
            assertThat(Jdbc.query(c, fits)).isEqualTo("1000000");
            String tooLong = "SELECT LENGTH('" + "x".repeat(1_100_000) + "')";
            assertThatThrownBy(() -> Jdbc.query(c, tooLong))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1153));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersForAScriptHaveALongestLength(boolean ofOneSession) throws Exception {
        Path script = script("""
                function read_query(packet)
                  proxy.queries:append(1, packet, { resultset_is_needed = true })
                  return proxy.PROXY_SEND_QUERY
                end""");
        long other = 1000 * MEBIBYTE;
        Limits limits = new Limits(0, MEBIBYTE, ofOneSession ? MEBIBYTE : other, ofOneSession ? other : MEBIBYTE);
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                        .lua(script)
                        .protocol(ProtocolConfig.DEFAULT.with(limits))
                        .start();
                Connection c = Jdbc.connect(MYSQL, proxy.port(), Servers.mysql().nativeAccount(), PLAIN)) {
            for (int i = 0; i < 5; i++) {
                assertThat(Jdbc.query(c, "SELECT REPEAT('x', 900000)")).hasSize(900_000);
            }
            assertThatThrownBy(() -> Jdbc.query(c, "SELECT REPEAT('x', 1100000)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1041));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.queries:append(1, packet)",
                "proxy.queries:append(1, packet, { resultset_is_needed = true })"
            })
    void filesCanBeKeptFromServers(String action) throws Exception {
        Path file = Files.writeString(folder.resolve("rows.txt"), "1\n2\n");
        String load = "LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE test.infile_policy";
        Path script = script("function read_query(packet) " + action + " if proxy.queries:len() > 0 then return"
                + " proxy.PROXY_SEND_QUERY end end");
        for (boolean allowed : new boolean[] {true, false}) {
            Policy policy = Policy.DEFAULT.withLocalInfile(allowed);
            try (TestProxy proxy = TestProxy.to(Servers.mysql())
                            .lua(script)
                            .protocol(ProtocolConfig.DEFAULT.with(policy))
                            .start();
                    Connection c =
                            Jdbc.connect(MYSQL, proxy.port(), Servers.mysql().nativeAccount(), PLAIN)) {
                Jdbc.execute(c, "CREATE TABLE IF NOT EXISTS test.infile_policy (id INT)");
                if (allowed) {
                    Jdbc.execute(c, load);
                    assertThat(Jdbc.query(c, "SELECT COUNT(*) FROM test.infile_policy"))
                            .isEqualTo("2");
                } else {
                    assertThatThrownBy(() -> Jdbc.execute(c, load))
                            .hasMessageContaining("Loading local data is disabled");
                    assertThat(Jdbc.query(c, "SELECT 1")).isEqualTo("1");
                }
                Jdbc.execute(c, "DROP TABLE test.infile_policy");
            }
        }
    }

    private Path script(String text) throws Exception {
        return Files.writeString(folder.resolve("script.lua"), text);
    }
}
