package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.python.Packets.Packet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks before the first command, and the last one (python-api.md 2.3 to 2.7, 2.11). */
class LoginIT {
    private static String failed(String hook) {
        return "PyProxy: Call " + hook + "() failed. Check the error log.";
    }

    @Test
    @Tag("P-18")
    void connectServerThatRaises() {
        try (Rig rig = Rig.of("def connect_server(proxy):\n    raise ValueError('wrong')")) {
            RawClient client = rig.connect();
            Packet packet = client.read();

            assertThat(packet.sequence()).isZero();
            assertThat(packet.error()).isEqualTo("1105 " + failed("connect_server"));
            client.assertClosed();
            assertThat(rig.backend.connections()).isZero();
        }
    }

    @Test
    @Tag("P-19")
    void readHandshakeThatRaises() {
        try (Rig rig = Rig.of("def read_handshake(proxy):\n    raise ValueError('wrong')")) {
            RawClient client = rig.connect();
            Packet packet = client.read();

            assertThat(packet.sequence()).isZero();
            assertThat(packet.error()).isEqualTo("1105 " + failed("read_handshake"));
            client.assertClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"read_auth", "read_auth_result"})
    @Tag("P-19")
    void aLoginHookThatRaises(String hook) {
        try (Rig rig = Rig.of("def " + hook + "(proxy, *auth):\n    raise ValueError('wrong')")) {
            RawClient client = rig.connect();
            client.read();
            Packet packet = client.login("me", "");

            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.error()).isEqualTo("1105 07000 " + failed(hook));
            client.assertClosed();
        }
    }

    @Test
    @Tag("P-20")
    void disconnectClientThatRaises() {
        try (Rig rig = Rig.of("def disconnect_client(proxy):\n    raise ValueError('wrong')")) {
            RawClient first = rig.login();
            RawClient second = rig.login();
            first.close();

            await().until(() ->
                    rig.log().contains("ERROR PyProxy: Call disconnect_client() error. See the error log."));
            assertThat(second.cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.login().cell("SELECT 1")).isEqualTo("SELECT 1");
        }
    }

    @Test
    @Tag("P-72")
    void aReplacedLoginAnswer() {
        try (Rig rig = Rig.of("""
                def read_auth_result(proxy, auth):
                    proxy.response = {'type': 255, 'errcode': 1045, 'sqlstate': '28000', 'errmsg': 'not you'}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.connect();
            client.read();
            Packet packet = client.login("me", "");

            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.error()).isEqualTo("1045 28000 not you");
            client.assertClosed();
        }
    }

    @Test
    void aRefusedConnection() {
        try (Rig rig = Rig.of("""
                def connect_server(proxy):
                    proxy.response = {'type': 255, 'errcode': 1040, 'sqlstate': '08004', 'errmsg': 'full'}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.connect();

            assertThat(client.read().error()).isEqualTo("1040 full");
            client.assertClosed();
        }
    }

    @Test
    void nothingToGreetWith() {
        try (Rig rig = Rig.of("def connect_server(proxy):\n    return proxy.PROXY_SEND_RESULT")) {
            RawClient client = rig.connect();

            assertThat(client.read().error()).isEqualTo("1105 Cannot get proxy.response.type");
            client.assertClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void anAnswerInPlaceOfTheGreeting(String code) {
        try (Rig rig = Rig.of("""
                def read_handshake(proxy):
                    proxy.response = {'type': 255, 'errcode': 1040, 'errmsg': 'full'}
                    return %s
                """.formatted(code))) {
            RawClient client = rig.connect();

            assertThat(client.read().error()).isEqualTo("1040 full");
            client.assertClosed();
            assertThat(rig.log().stream().filter(line -> line.startsWith("WARN") && line.contains("deprecated")))
                    .hasSize(code.equals("1") ? 1 : 0);
        }
    }

    @Test
    void aMockServer() {
        try (Rig rig = Rig.of("""
                hooks = []
                GREETING = '\\n5.0.99\\0' + '\\0\\0\\0\\0' + '01234567' + '\\0' + '\\0\\x82' + '\\0' * 16 + '890123456789' + '\\0'
                def connect_server(proxy):
                    proxy.response = {'type': proxy.MYSQLD_PACKET_RAW, 'packets': (GREETING,)}
                    return proxy.PROXY_SEND_RESULT
                def read_handshake(proxy):
                    hooks.append('handshake')
                def read_auth(proxy):
                    hooks.append(proxy.connection.client.username)
                def read_auth_result(proxy, auth):
                    hooks.append('result')
                def read_query(proxy, packet):
                    proxy.response = {'type': 255, 'errmsg': '%s %s' % (hooks, proxy.connection.server)}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.connect();
            Packet greeting = client.read();
            assertThat(greeting.sequence()).isZero();
            assertThat(greeting.text())
                    .isEqualTo("\n5.0.99\0\0\0\0\0" + "01234567\0\0\u0082" + "\0".repeat(16) + "890123456789\0");
            Packet okay = client.login("me", "");
            assertThat(okay.sequence()).isEqualTo(2);
            assertThat(okay.payload()).isEqualTo(Packets.ok(0, 0, 2, 0));

            assertThat(client.error("x")).isEqualTo("1105 07000 ['me'] None");
            assertThat(rig.backend.connections()).isZero();
        }
    }

    @Test
    void aLoginPacketOfTheScript() {
        try (Rig rig = Rig.of("""
                def read_auth(proxy):
                    proxy.queries.append(1, LOGIN)
                    proxy.queries.append(2, 'dropped')
                    return proxy.PROXY_SEND_QUERY
                LOGIN = '\\x0d\\xa2\\0\\0' + '\\0\\0\\0\\1' + '\\x08' + '\\0' * 23 + 'other\\0' + '\\x14' + 'P' * 20
                """)) {
            RawClient client = rig.login();

            assertThat(rig.backend.logins()).singleElement().asString().contains("other\0\24" + "P".repeat(20));
            assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.backend.queries()).containsExactly("SELECT 1");
        }
    }

    @Test
    void aLoginThatTheScriptAnswers() {
        try (Rig rig = Rig.of("""
                def read_auth(proxy):
                    if proxy.connection.client.username == 'mallory':
                        proxy.response = {'type': 255, 'errcode': 1045, 'sqlstate': '28000', 'errmsg': 'no'}
                        return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.connect();
            client.read();
            Packet packet = client.login("mallory", "");
            assertThat(packet.sequence()).isEqualTo(2);
            assertThat(packet.error()).isEqualTo("1045 28000 no");
            client.assertClosed();
            assertThat(rig.login().cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.backend.logins()).hasSize(1);
        }
    }

    @Test
    void readAuthResultSeesEachPacket() {
        FakeBackend backend = new FakeBackend()
                .answersLogins(
                        Packets.bytes("\376mysql_native_password\0" + "B".repeat(20) + "\0"), Packets.ok(0, 0, 2, 0));
        try (Rig rig = Rig.of(backend, """
                seen = []
                def read_auth_result(proxy, auth):
                    seen.append(ord(auth.packet[0]))
                def read_query(proxy, packet):
                    proxy.response = {'type': 255, 'errmsg': repr(seen)}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.connect();
            client.read();
            assertThat(client.login("me", "").first()).isEqualTo(0xFE);
            client.send(3, Packets.bytes("R".repeat(20)));
            Packet okay = client.read();
            assertThat(okay.first()).isZero();
            assertThat(okay.sequence()).isEqualTo(4);

            assertThat(client.error("x")).isEqualTo("1105 07000 [254, 0]");
        }
    }

    @Test
    void aBackendThatRefusesEndsTheConnection() {
        FakeBackend backend = new FakeBackend().greets(Packets.bytes("\377\20\4Too many connections"));
        try (Rig rig = Rig.of(backend, "def read_handshake(proxy):\n    print 'called'")) {
            RawClient client = rig.connect();
            Packet packet = client.read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.error()).isEqualTo("1040 Too many connections");
            client.assertClosed();
            assertThat(rig.captured.out()).isEmpty();
        }
    }

    @Test
    void disconnectClientRunsOnceForEachClient() {
        String out;
        try (Rig rig = Rig.of("""
                def disconnect_client(proxy):
                    print 'left', proxy.connection.client.username
                    return 2
                """)) {
            RawClient first = rig.login();
            first.close();
            await().until(() -> rig.captured.out().equals("left me\n"));
            rig.login();
            rig.proxy().close();
            out = rig.captured.out();
        }
        assertThat(out).isEqualTo("left me\nleft me\n");
    }
}
