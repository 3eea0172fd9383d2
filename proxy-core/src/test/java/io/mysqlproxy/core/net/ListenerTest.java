package io.mysqlproxy.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.session.Dialogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Binding, timeouts and the end, on real sockets. */
class ListenerTest extends ProxyFixture {
    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anIdleClientIsDisconnectedWithoutAPacket() throws IOException {
        timeouts = new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(1200), Duration.ofHours(1));
        TestClient client = client(proxy(server(FakeServer::okay).address())).login();
        for (int i = 0; i < 4; i++) {
            pause(300);
            client.send("0: 0e");
            client.expect(Dialogue.OK);
        }
        long start = System.nanoTime();
        client.expectEnd();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
    }

    @Test
    void whenNobodyListensAllBackendsAreDown() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        TestClient client = client(proxy("127.0.0.1:" + free));
        client.expect("0: ff 51 04 '(proxy) all backends are down'");
        client.expectEnd();
    }

    @Test
    void aBackendThatDoesNotAnswerTimesOut() throws IOException {
        timeouts = new Timeouts(Duration.ofMillis(300), Duration.ofHours(1), Duration.ofHours(1));
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<TestClient> queued = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                queued.add(client(new InetSocketAddress("127.0.0.1", full.getLocalPort())));
            }
            TestClient client = client(proxy("127.0.0.1:" + full.getLocalPort()));
            client.expect("0: ff 51 04 '(proxy) all backends are down'");
            client.expectEnd();
            assertThat(queued).hasSize(2);
        }
    }

    @Test
    void aPortInUseCannotBeBound() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Address address = Address.parse("127.0.0.1:" + taken.getLocalPort());
            assertThatThrownBy(() -> new Listener(transport, loops, timeouts).bind(address))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("bind(" + address.text() + ") failed: Address already in use (98)");
        }
    }

    @Test
    void aNameThatIsNoneCannotBeResolved() {
        assertThatThrownBy(() -> transport.resolve(Address.parse("no-such-host.invalid:3306")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("cannot resolve 'no-such-host.invalid'");
    }

    @Test
    void closingTheListenerEndsItsClients() throws IOException {
        AtomicInteger ends = new AtomicInteger();
        hooks = s -> new Hooks() {
            @Override
            public void disconnectClient() {
                ends.incrementAndGet();
            }
        };
        SocketAddress address = proxy(server(FakeServer::okay).address());
        TestClient client = client(address).login();
        listener.close();
        client.expectEnd();
        assertThat(ends).hasValue(1);
        awaitRefusal(address);
    }

    /** The JDK gives a socket back when its selector looks the next time: until then the system still takes connections. */
    private void awaitRefusal(SocketAddress address) {
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
                client(address);
                pause(10);
            }
        } catch (IOException refused) {
            return;
        }
        fail("still takes connections");
    }

    @Test
    void clientsMayWaitBetweenBindAndServe() throws IOException {
        FakeServer server = server(FakeServer::okay);
        bind(Address.parse("127.0.0.1:0"));
        TestClient client = client(listener.address());
        pause(100);
        assertThat(listener.clients()).isZero();
        serve(server.address());
        client.login();
    }

    /** As the system tells it: a timer for keepalive runs on both of the proxy's sockets (Linux only). */
    @Test
    @Tag("W-41")
    void bothLegsAreKeptAlive() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp")));
        String server = server(FakeServer::okay).address();
        SocketAddress proxy = proxy(server);
        client(proxy).login();
        int clientLeg = ((InetSocketAddress) proxy).getPort();
        int serverLeg = Address.parse(server).port();
        for (int i = 0; i < 50 && !(keptAlive(1, clientLeg) && keptAlive(2, serverLeg)); i++) {
            pause(100);
        }
        assertThat(keptAlive(1, clientLeg)).as("client leg").isTrue();
        assertThat(keptAlive(2, serverLeg)).as("server leg").isTrue();
    }

    /** Columns: number, local address, remote address, state (01 established), queues, timer (02 keepalive). */
    private static boolean keptAlive(int column, int port) throws IOException {
        String end = String.format(":%04X", port);
        List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        sockets.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        return sockets.stream()
                .map(line -> line.trim().split("\\s+"))
                .anyMatch(s -> s[column].endsWith(end) && s[3].equals("01") && s[5].startsWith("02:"));
    }
}
