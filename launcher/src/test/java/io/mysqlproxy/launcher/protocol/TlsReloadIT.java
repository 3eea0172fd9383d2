package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.packet.SslRequest;
import io.mysqlproxy.wire.testing.LogCapture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates change while the proxy runs. */
@Tag("W-20")
@Timeout(120)
class TlsReloadIT {
    private static final TlsConfig OFFERED = TlsConfig.mode(TlsMode.PREFERRED);

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.in(folder);
        certificates.sign("first", "IP:127.0.0.1");
        certificates.sign("second", "IP:127.0.0.1");
    }

    @BeforeEach
    void firstOneServes() throws Exception {
        use("first");
    }

    @Test
    void clientsMeetTheNewOneAndOpenConnectionsStay() throws Exception {
        TlsConfig clients = new TlsConfig(
                TlsMode.PREFERRED,
                Optional.of(certificates.cert("used")),
                Optional.of(certificates.key("used")),
                Optional.empty(),
                TlsConfig.VERSIONS);
        try (LogCapture log = new LogCapture();
                TestProxy proxy = TestProxy.to(Servers.mysql())
                        .protocol(new ProtocolConfig(clients, OFFERED))
                        .start();
                Connection before = trusting(proxy, "first")) {
            use("second");
            proxy.server().reload();
            assertThat(Jdbc.query(before, "SELECT 1")).isEqualTo("1");
            trusting(proxy, "second").close();
            assertThatThrownBy(() -> trusting(proxy, "first")).isInstanceOf(SQLException.class);

            Files.writeString(certificates.cert("used"), "no certificate");
            proxy.server().reload();
            trusting(proxy, "second").close();
            assertThat(log.errors())
                    .singleElement()
                    .asString()
                    .startsWith("proxy: ")
                    .contains("used.pem", "the certificates that were read before stay");
        }
    }

    @Test
    void backendsAreCheckedWithTheNewAuthority() throws Exception {
        Path authority = folder.resolve("authority.pem");
        Files.copy(certificates.cert("first"), authority, StandardCopyOption.REPLACE_EXISTING);
        TlsConfig backends = new TlsConfig(
                TlsMode.VERIFY_CA, Optional.empty(), Optional.empty(), Optional.of(authority), TlsConfig.VERSIONS);
        try (EmbeddedServer server = MysqlServer.start(
                        "--ssl-ca=" + certificates.ca(),
                        "--ssl-cert=" + certificates.cert("first"),
                        "--ssl-key=" + certificates.key("first"));
                TestProxy proxy = TestProxy.to(server)
                        .protocol(new ProtocolConfig(TlsConfig.DISABLED, backends))
                        .start()) {
            Jdbc.connect(Jdbc.MYSQL, proxy.port(), server.nativeAccount(), "sslMode=DISABLED")
                    .close();
            Files.copy(certificates.cert("second"), authority, StandardCopyOption.REPLACE_EXISTING);
            proxy.server().reload();
            assertThatThrownBy(() -> Jdbc.connect(Jdbc.MYSQL, proxy.port(), server.nativeAccount(), "sslMode=DISABLED"))
                    .hasMessageContaining("TLS with the server");
        }
    }

    @Test
    void theSignalOfAdministratorsDoesIt() throws Exception {
        int port = freePort();
        Path pid = folder.resolve("pid");
        try (LauncherProcess launcher = LauncherProcess.start(
                folder,
                "--plugins=proxy",
                "--pid-file=" + pid,
                "--proxy-address=127.0.0.1:" + port,
                "--proxy-backend-addresses=127.0.0.1:" + Servers.mysql().port(),
                "--proxy-ssl-cert=" + certificates.cert("used"),
                "--proxy-ssl-key=" + certificates.key("used"))) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid));
            use("second");
            launcher.signal("HUP");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> launcher.err().contains("certificates were read again"));
            trusting(port, "second").close();
        }
    }

    /** The name that a client gives chooses the server's certificate, but never whom to believe. */
    @Test
    void theNameThatAClientGivesReachesTheServer() throws Exception {
        assertThat(hello(TlsConfig.mode(TlsMode.REQUIRED))).contains("shop.example");
        TlsConfig verifying = new TlsConfig(
                TlsMode.VERIFY_IDENTITY,
                Optional.empty(),
                Optional.empty(),
                Optional.of(certificates.ca()),
                TlsConfig.VERSIONS);
        assertThat(hello(verifying)).doesNotContain("shop.example");
    }

    /** What the proxy says to a server first. */
    private static String hello(TlsConfig backends) throws Exception {
        Capabilities flags = RawConversation.PLAIN.with(Capabilities.SSL);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = new TestProxy.Builder()
                        .backend("127.0.0.1:" + listening.getLocalPort())
                        .protocol(new ProtocolConfig(OFFERED, backends))
                        .start();
                RawPeer client = RawPeer.connect(proxy.port());
                RawPeer server = new RawPeer(listening.accept())) {
            server.send(0, RawConversation.greeting(flags));
            client.read();
            ByteBuf request = Unpooled.buffer();
            new SslRequest(flags, 1 << 24, 45).write(request);
            client.startTls(RawPeer.frame(1, request), "shop.example");
            client.send(2, RawConversation.login(flags, flags));
            assertThat(SslRequest.matches(server.read())).isTrue();
            return server.some();
        }
    }

    private static void use(String name) throws Exception {
        Files.copy(certificates.cert(name), certificates.cert("used"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificates.key(name), certificates.key("used"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Connection trusting(TestProxy proxy, String name) throws SQLException {
        return trusting(proxy.port(), name);
    }

    /** By a client that believes this one certificate. */
    private static Connection trusting(int port, String name) throws SQLException {
        String options = "sslMode=verify-ca&serverSslCert=" + certificates.cert(name);
        return Jdbc.connect(Jdbc.MARIADB, port, Servers.mysql().nativeAccount(), options);
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
