package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MARIADB;
import static io.mysqlproxy.launcher.protocol.Jdbc.MYSQL;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Network;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.config.Wrapping;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MariadbServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.ProxyHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers and the compressed protocol. */
@Timeout(120)
class WrappingIT {
    private static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.0/8"));
    private static final Duration DAY = Duration.ofDays(1);
    private static final String ADDRESS_SCRIPT = """
            function read_auth()
              proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = proxy.connection.client.src.address }
              return proxy.PROXY_SEND_RESULT
            end
            function read_handshake()
              proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = proxy.connection.client.src.address }
              return proxy.PROXY_SEND_RESULT
            end""";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("W-07")
    void announcedClientsAreWhoTheBalancerSays(boolean inPieces) throws Exception {
        ByteBuf binary = Unpooled.buffer();
        new ProxyHeader(new InetSocketAddress("203.0.113.9", 4711), new InetSocketAddress("192.0.2.1", 3306))
                .write(binary);
        byte[] text = "PROXY TCP4 203.0.113.9 192.0.2.1 4711 3306\r\n".getBytes(StandardCharsets.US_ASCII);
        Path script = Files.writeString(folder.resolve("script.lua"), ADDRESS_SCRIPT);
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                .lua(script)
                .protocol(ProtocolConfig.DEFAULT.with(new Wrapping(LOOPBACK, false, false, false)))
                .start()) {
            for (byte[] header : new byte[][] {text, ByteBufUtil.getBytes(binary)}) {
                try (RawPeer client = RawPeer.connect(proxy.port())) {
                    for (int at = 0; at < header.length; at += inPieces ? 1 : header.length) {
                        client.send(java.util.Arrays.copyOfRange(header, at, inPieces ? at + 1 : header.length));
                    }
                    assertThat(client.read().toString(StandardCharsets.US_ASCII))
                            .endsWith("203.0.113.9");
                }
            }
            try (RawPeer client = RawPeer.connect(proxy.port())) {
                client.send("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.read()).isNull();
            }
        }
    }

    @Test
    @Tag("W-07")
    void aBalancerThatSpeaksForItselfIsServedToo() throws Exception {
        ByteBuf local = Unpooled.buffer();
        ProxyHeader.LOCAL.write(local);
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                        .protocol(ProtocolConfig.DEFAULT.with(new Wrapping(LOOPBACK, false, false, false)))
                        .start();
                RawPeer client = RawPeer.connect(proxy.port())) {
            client.send(ByteBufUtil.getBytes(local));
            assertThat(Greeting.read(client.read()).serverVersion()).startsWith("8.0");
        }
    }

    @Test
    @Tag("W-07")
    void othersCannotClaimToBeSomebodyElse() throws Exception {
        Wrapping elsewhere = new Wrapping(List.of(Network.parse("10.0.0.0/8")), false, false, false);
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                        .protocol(ProtocolConfig.DEFAULT.with(elsewhere))
                        .timeouts(new Timeouts(DAY, DAY, DAY, Duration.ofMillis(300)))
                        .start();
                RawPeer client = RawPeer.connect(proxy.port())) {
            assertThat(Greeting.read(client.read()).serverVersion()).startsWith("8.0");
            client.send("PROXY TCP4 203.0.113.9 192.0.2.1 4711 3306\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.closes()).isTrue();
        }
    }

    @Test
    @Tag("W-07")
    void backendsAreToldWhoTheClientIs() throws Exception {
        try (EmbeddedServer server = MariadbServer.start("--proxy-protocol-networks=127.0.0.1");
                TestProxy proxy = TestProxy.to(server)
                        .protocol(ProtocolConfig.DEFAULT.with(new Wrapping(LOOPBACK, true, false, false)))
                        .start();
                Balancer balancer = new Balancer(proxy.port(), "PROXY TCP4 203.0.113.9 127.0.0.1 4711 3306\r\n")) {
            try (Connection c = Jdbc.connect(MARIADB, balancer.port(), server.account(), "sslMode=disable")) {
                assertThat(Jdbc.query(c, "SELECT USER()")).isEqualTo("app@203.0.113.9");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, disabled",
        "true, false, disabled",
        "false, true, disabled",
        "true, true, required",
        "false, false, disabled"
    })
    @Tag("W-37")
    void eachLegMayBeCompressed(boolean clients, boolean backends, String tls) throws Exception {
        TlsConfig mode = TlsConfig.mode(TlsMode.valueOf(tls.toUpperCase(java.util.Locale.ROOT)));
        ProtocolConfig protocol =
                new ProtocolConfig(mode, mode).with(new Wrapping(List.of(), false, clients, backends));
        boolean secure = tls.equals("required");
        DatabaseServer server = Servers.mysql();
        try (TestProxy proxy = TestProxy.to(server).protocol(protocol).start()) {
            String mysql =
                    "useCompression=true&allowMultiQueries=true&maxAllowedPacket=100000000&useServerPrepStmts=true&sslMode="
                            + (secure ? "REQUIRED" : "DISABLED");
            String mariadb = "useCompression=true&allowMultiQueries=true&sslMode=" + (secure ? "trust" : "disable");
            for (String driver : new String[] {MYSQL, MARIADB}) {
                try (Connection c = Jdbc.connect(
                        driver, proxy.port(), server.nativeAccount(), driver.equals(MYSQL) ? mysql : mariadb)) {
                    assertThat(Jdbc.query(c, "SHOW STATUS LIKE 'Compression'")).isEqualTo(backends ? "ON" : "OFF");
                    assertThat(Jdbc.query(c, "SELECT REPEAT('x', 20000000)")).hasSize(20_000_000);
                    String random =
                            Jdbc.query(c, "SELECT HEX(RANDOM_BYTES(1000))").repeat(50);
                    for (int i = 0; i < 300; i++) {
                        int length = 1 + i * 300;
                        try (PreparedStatement statement = c.prepareStatement("SELECT ?")) {
                            statement.setString(1, random.substring(0, length));
                            ResultSet rows = statement.executeQuery();
                            rows.next();
                            assertThat(rows.getString(1)).hasSize(length);
                        }
                    }
                    try (var statement = c.createStatement()) {
                        statement.execute("SELECT REPEAT('a', 30000); SELECT REPEAT('b', 100000); SELECT 3");
                        for (String expected : new String[] {"a", "b", "3"}) {
                            ResultSet rows = statement.getResultSet();
                            rows.next();
                            assertThat(rows.getString(1)).startsWith(expected);
                            statement.getMoreResults();
                        }
                    }
                    String large = "y".repeat(17_000_000);
                    assertThat(Jdbc.query(c, "SELECT LENGTH('" + large + "')")).isEqualTo("17000000");
                }
            }
        }
    }
}
