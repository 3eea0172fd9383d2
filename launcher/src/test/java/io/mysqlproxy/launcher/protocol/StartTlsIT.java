package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.SslRequest;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The moment at which a leg turns to TLS, byte by byte. */
@Timeout(60)
class StartTlsIT {
    private static final Capabilities FLAGS = new Capabilities(Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.LONG_PASSWORD);
    private static final TlsConfig OFFERED = TlsConfig.mode(TlsMode.PREFERRED);
    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};

    @Test
    @Tag("W-19")
    void whatFollowsTheRequestInClearIsNeverTakenForALogin() throws Exception {
        try (TestProxy proxy = proxy(Servers.mysql().port(), OFFERED, OFFERED);
                RawPeer client = RawPeer.connect(proxy.port())) {
            ByteString challenge = Greeting.read(client.read()).scramble();
            byte[] request = RawPeer.frame(1, sslRequest());
            byte[] login = RawPeer.frame(2, login(challenge, FLAGS.with(Capabilities.SSL)));
            byte[] both = java.util.Arrays.copyOf(request, request.length + login.length);
            System.arraycopy(login, 0, both, request.length, login.length);
            client.send(both);
            assertThat(client.closes()).isTrue();
        }
    }

    @Test
    @Tag("W-19")
    void whatAServerSaysBeforeTlsStandsEndsTheSession() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = proxy(listening.getLocalPort(), TlsConfig.DISABLED, OFFERED);
                RawPeer client = RawPeer.connect(proxy.port());
                RawPeer server = new RawPeer(listening.accept())) {
            byte[] greeting = RawPeer.frame(0, greeting(FLAGS.with(Capabilities.SSL)));
            byte[] injected = RawPeer.frame(2, Unpooled.wrappedBuffer(OK));
            byte[] both = java.util.Arrays.copyOf(greeting, greeting.length + injected.length);
            System.arraycopy(injected, 0, both, greeting.length, injected.length);
            server.send(both);
            client.read();
            client.send(1, login(ByteString.EMPTY, FLAGS));
            assertThat(server.read()).isNull();
        }
    }

    @Test
    void tlsMayBeginInTheSamePacketAsItsRequest() throws Exception {
        try (TestProxy proxy = proxy(Servers.mysql().port(), OFFERED, OFFERED);
                RawPeer client = RawPeer.connect(proxy.port())) {
            ByteString challenge = Greeting.read(client.read()).scramble();
            client.startTls(RawPeer.frame(1, sslRequest()));
            client.send(2, login(challenge, FLAGS.with(Capabilities.SSL)));
            assertThat(accepted(client)).isTrue();
        }
    }

    @Test
    @Tag("W-18")
    void theRequestTakesASequenceIdOfItsOwnLegOnly() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = proxy(listening.getLocalPort(), OFFERED, OFFERED);
                RawPeer client = RawPeer.connect(proxy.port());
                RawPeer server = new RawPeer(listening.accept())) {
            server.send(0, greeting(FLAGS));
            client.read();
            client.startTls(RawPeer.frame(1, sslRequest()));
            client.send(2, login(ByteString.EMPTY, FLAGS.with(Capabilities.SSL)));
            server.read();
            assertThat(server.sequence()).isEqualTo(1);
            server.send(2, Unpooled.wrappedBuffer(OK));
            client.read();
            assertThat(client.sequence()).isEqualTo(3);
        }
        try (TestProxy proxy = proxy(Servers.mysql().port(), OFFERED, TlsConfig.mode(TlsMode.REQUIRED));
                RawPeer client = RawPeer.connect(proxy.port())) {
            ByteString challenge = Greeting.read(client.read()).scramble();
            client.send(1, login(challenge, FLAGS));
            assertThat(accepted(client)).isTrue();
        }
    }

    @Test
    void anEncryptedConnectionThatWasNeverAskedForIsRefused() throws Exception {
        try (TestProxy proxy = proxy(Servers.mysql().port(), TlsConfig.DISABLED, OFFERED);
                RawPeer client = RawPeer.connect(proxy.port())) {
            client.read();
            client.send(1, sslRequest());
            assertThat(client.closes()).isTrue();
        }
    }

    @Test
    void aServerThatIsGoneWhenTlsBeginsIsAnErrorThatServersUse() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = proxy(listening.getLocalPort(), TlsConfig.DISABLED, OFFERED);
                RawPeer client = RawPeer.connect(proxy.port())) {
            try (RawPeer server = new RawPeer(listening.accept())) {
                server.send(0, greeting(FLAGS.with(Capabilities.SSL)));
                client.read();
                client.send(1, login(ByteString.EMPTY, FLAGS));
                server.read();
            }
            assertThat(Err.read(client.read()))
                    .isEqualTo(new Err(
                            1105,
                            "HY000",
                            ByteString.of("(proxy) TLS with the server: the server closed the connection")));
        }
    }

    @Test
    void requiredIsForUnixSocketsTooAndPreferredIsNot() throws SQLException {
        DatabaseServer server = Servers.mysql();
        for (TlsMode mode : List.of(TlsMode.PREFERRED, TlsMode.REQUIRED)) {
            try (TestProxy proxy = new TestProxy.Builder()
                            .backend(server.socket().toString())
                            .protocol(new ProtocolConfig(OFFERED, TlsConfig.mode(mode)))
                            .start();
                    Connection c =
                            Jdbc.connect(Jdbc.MARIADB, proxy.port(), server.nativeAccount(), "sslMode=disable")) {
                assertThat(Jdbc.cipher(c).isEmpty()).isEqualTo(mode == TlsMode.PREFERRED);
            }
        }
    }

    /** The account's method is not the server's default, so it switches. */
    private static boolean accepted(RawPeer client) throws Exception {
        ByteBuf said = client.read();
        int asked = client.sequence();
        if (said.getUnsignedByte(0) == 0xFE) {
            ByteBuf challenge = said.slice(said.readableBytes() - 21, 20);
            client.send(
                    asked + 1,
                    Unpooled.wrappedBuffer(answer(ByteString.copyOf(challenge)).bytes()));
            said = client.read();
            assertThat(client.sequence()).isEqualTo(asked + 2);
        }
        return said.getUnsignedByte(0) == 0;
    }

    private static TestProxy proxy(int port, TlsConfig clients, TlsConfig backends) {
        return new TestProxy.Builder()
                .backend("127.0.0.1:" + port)
                .protocol(new ProtocolConfig(clients, backends))
                .start();
    }

    private static ByteBuf greeting(Capabilities flags) {
        ByteBuf out = Unpooled.buffer();
        new Greeting("8.0.31", 1, ByteString.of("abcdefghijklmnopqrst\0"), flags, 45, 2, NativePassword.NAME)
                .write(out);
        return out;
    }

    private static ByteBuf sslRequest() {
        ByteBuf out = Unpooled.buffer();
        new SslRequest(FLAGS.with(Capabilities.SSL), 1 << 24, 45).write(out);
        return out;
    }

    private static ByteBuf login(ByteString challenge, Capabilities flags) {
        ByteBuf out = Unpooled.buffer();
        new HandshakeResponse(
                        flags,
                        1 << 24,
                        45,
                        ByteString.of(Servers.mysql().nativeAccount().user()),
                        challenge.isEmpty() ? challenge : answer(challenge),
                        ByteString.EMPTY,
                        NativePassword.NAME,
                        ConnectAttributes.NONE,
                        0)
                .write(out, flags);
        return out;
    }

    private static ByteString answer(ByteString challenge) {
        Account account = Servers.mysql().nativeAccount();
        return NativePassword.scramble(account.password().getBytes(StandardCharsets.US_ASCII), challenge);
    }
}
