package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Choosing, losing and sharing server connections (python-api.md 2.4, 2.6, 2.11, 3.3, 3.6). */
class BackendsIT {
    private static final String POOLING = """
            calls = []
            def connect_server(proxy):
                calls.append('connect')
                if proxy.globals.backends[0].pool.users[''].cur_idle_connections:
                    proxy.connection.backend_ndx = 0
                    return RETURN
            def read_handshake(proxy):
                calls.append('handshake')
            def read_auth_result(proxy, auth):
                calls.append('result')
            def read_query(proxy, packet):
                if packet == '\\3calls':
                    proxy.response = {'type': 255, 'errmsg': ' '.join(calls)}
                    return proxy.PROXY_SEND_RESULT
                if packet == '\\1':
                    proxy.response = {'type': 0}
                    return proxy.PROXY_SEND_RESULT
            def disconnect_client(proxy):
                proxy.connection.backend_ndx = -1
                calls.append('disconnect')
            """;

    @Test
    @Tag("P-64")
    void aConnectionCanBeLentForAQuery() {
        try (Rig rig = Rig.of("""
                def read_auth_result(proxy, auth):
                    proxy.connection.backend_ndx = -1
                def read_query(proxy, packet):
                    if packet == '\\1':
                        return
                    before = proxy.backends[0].pool.users['me'].cur_idle_connections, proxy.backends[0].connected_clients
                    proxy.connection.backend_ndx = 0
                    after = proxy.backends[0].pool.users['me'].cur_idle_connections, proxy.backends[0].connected_clients
                    names = repr(proxy.backends[0].pool.users), len(proxy.backends[0].pool.users)
                    proxy.queries.append(1, '\\3%s %s' % (before, after), True)
                    return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    proxy.connection.backend_ndx = -1
                """)) {
            RawClient one = rig.login();

            assertThat(one.cell("x")).isEqualTo("(1, 0) (0, 1)");
            assertThat(one.cell("x")).isEqualTo("(1, 0) (0, 1)");
            assertThat(rig.backend.connections()).isEqualTo(1);
            assertThat(rig.backend.logins()).hasSize(1);
        }
    }

    @Test
    @Tag("P-67")
    @Tag("J-14")
    void aNameThatIsNotKnownHasNoneOfAnothersConnections() {
        try (Rig rig = Rig.of("""
                def read_auth_result(proxy, auth):
                    proxy.connection.backend_ndx = -1
                def read_query(proxy, packet):
                    u = proxy.backends[0].pool.users
                    found = u['nobody'].cur_idle_connections, 'nobody' in u, u['me'].cur_idle_connections, 'me' in u
                    proxy.response = {'type': 255, 'errmsg': '%s %s %d' % (found, u, u[''].cur_idle_connections)}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            assertThat(rig.login().error("x")).isEqualTo("1105 07000 (0, False, 1, True) ['me'] 1");
        }
    }

    @Test
    @Tag("P-65")
    void withoutABackendTheConnectionIsClosed() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    proxy.connection.backend_ndx = -1
                """)) {
            RawClient client = rig.login();
            client.send(0, Packets.bytes("\3SELECT 1"));

            client.assertClosed();
            assertThat(rig.backend.queries()).isEmpty();
            assertThat(rig.log())
                    .anyMatch(line ->
                            line.startsWith("ERROR") && line.endsWith("I have no server backend, closing connection"));
        }
    }

    @Test
    @Tag("P-68")
    void aBackendThatRefusesIsDown() throws IOException {
        int dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = socket.getLocalPort();
        }
        try (FakeBackend second = new FakeBackend();
                Rig rig = Rig.of(second, """
                        calls = []
                        def connect_server(proxy):
                            calls.append(proxy.connection.backend_ndx)
                            if len(calls) == 1:
                                proxy.connection.backend_ndx = 1
                        def read_query(proxy, packet):
                            dead = proxy.backends[1]
                            text = repr((calls, dead.state, dead.connected_clients, proxy.connection.backend_ndx,
                                         proxy.backends[0].state))
                            proxy.response = {'type': 255, 'errmsg': text}
                            return proxy.PROXY_SEND_RESULT
                        """, options -> options.backend("127.0.0.1:" + dead))) {
            assertThat(rig.login().error("x")).isEqualTo("1105 07000 ([-1, -1], 2, 0, 0, 1)");
            assertThat(rig.log())
                    .anyMatch(line -> line.contains("connect(127.0.0.1:" + dead + ") failed: ")
                            && line.endsWith(". Retrying with different backend."));
        }
    }

    @Test
    @Tag("P-69")
    void allBackendsAreDown() {
        try (Rig rig = Rig.of("""
                left = []
                def disconnect_client(proxy):
                    print 'left'
                """)) {
            rig.backend.close();

            RawClient client = rig.connect();
            Packets.Packet packet = client.read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.error()).isEqualTo("1105 (proxy) all backends are down");
            client.assertClosed();
            assertThat(rig.log())
                    .anyMatch(line ->
                            line.startsWith("ERROR") && line.endsWith("Cannot connect, all backends are down."));
            await().until(() -> rig.captured.out().equals("left\n"));
        }
    }

    @Test
    void onlyReadWriteBackendsAreChosenByTheProxy() {
        try (FakeBackend readOnly = new FakeBackend();
                Rig rig = Rig.of(new FakeBackend(), """
                        def connect_server(proxy):
                            if getattr(proxy.globals, 'wanted', None) is not None:
                                proxy.connection.backend_ndx = proxy.globals.wanted
                        def read_query(proxy, packet):
                            if packet[:2] == '\\3=':
                                proxy.globals.wanted = int(packet[2:])
                                proxy.response = {'type': 0, 'affected_rows': proxy.connection.backend_ndx}
                                return proxy.PROXY_SEND_RESULT
                        """, options -> options.readOnlyBackend(readOnly.address()))) {
            RawClient first = rig.login();
            assertThat(first.query("=1").payload()[1]).isZero();

            assertThat(rig.login().query("=-1").payload()[1]).isEqualTo((byte) 1);
            assertThat(readOnly.connections()).isEqualTo(1);

            assertThat(rig.login().query("=7").payload()[1]).isZero();
            RawClient outside = rig.connect();
            assertThat(outside.read().error()).isEqualTo("1105 (proxy) all backends are down");
        }
    }

    @Test
    @Tag("P-77")
    void aPooledConnectionChangesHands() {
        try (Rig rig = Rig.of("RETURN = 4\n" + POOLING)) {
            RawClient first = rig.login();
            assertThat(first.command("\1").first()).isZero();
            first.close();
            await().until(() -> rig.captured.log().isEmpty() || true);
            RawClient second = awaitPooled(rig);

            assertThat(second.error("calls"))
                    .isEqualTo("1105 07000 connect handshake result disconnect connect result");
            assertThat(second.cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.backend.connections()).isEqualTo(1);
            assertThat(rig.backend.received).anyMatch(command -> command.startsWith("\21me\0"));
        }
    }

    @Test
    @Tag("P-77")
    void withoutIgnoreResultItIsLeftInThePool() {
        try (Rig rig = Rig.of("RETURN = None\n" + POOLING)) {
            RawClient first = rig.login();
            assertThat(first.command("\1").first()).isZero();
            first.close();
            awaitPooled(rig);

            assertThat(rig.backend.connections()).isEqualTo(2);
            assertThat(rig.backend.received).noneMatch(command -> command.startsWith("\21"));
        }
    }

    /** A client that comes when the connection of the one before it is in the pool. */
    private static RawClient awaitPooled(Rig rig) {
        await().until(() -> rig.proxy().server().clients("pyproxy") == 0);
        return rig.login();
    }

    @Test
    @Tag("P-78")
    void aTrustedPoolAsksNobody() {
        try (Rig rig = Rig.of(new FakeBackend(), "RETURN = 4\n" + POOLING, options -> options.trustsPool())) {
            RawClient first = rig.login();
            first.command("\1");
            first.close();
            RawClient second = awaitPooled(rig);

            assertThat(second.cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.backend.connections()).isEqualTo(1);
            assertThat(rig.backend.received).noneMatch(command -> command.startsWith("\21"));
            assertThat(second.error("calls")).isEqualTo("1105 07000 connect handshake result disconnect connect");
            second.command("\1");
            second.close();
            await().until(() -> rig.proxy().server().clients("pyproxy") == 0);

            RawClient third = rig.connect();
            third.read();
            third.send(1, Packets.login("me", "S".repeat(20), ""));
            assertThat(third.read().error()).isEqualTo("1045 28000 (proxy-pool) login failed");
            third.assertClosed();
        }
    }

    @Test
    void aPoolForgetsWhatTheServerCloses() {
        try (Rig rig = Rig.of("RETURN = 4\n" + POOLING)) {
            RawClient first = rig.login();
            first.command("\1");
            first.close();
            await().until(() -> rig.proxy().server().clients("pyproxy") == 0);
            rig.backend.hangUp();
            await().untilAsserted(() -> {
                try (RawClient next = RawClient.loggedIn(rig.proxy().pythonPort())) {
                    assertThat(next.cell("SELECT 1")).isEqualTo("SELECT 1");
                }
            });
        }
    }
}
