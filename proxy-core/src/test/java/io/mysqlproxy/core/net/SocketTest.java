package io.mysqlproxy.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.session.Dialogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The session on real sockets. */
class SocketTest extends ProxyFixture {
    private static final String HEAD = """
            1: 01
            2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
            3: fe 00 00 02 00""";
    private static final int MEGABYTE = 1024 * 1024;
    private static final int ROW = 100_000;

    /** What the proxy may hold of one answer. */
    private static final int OWN = 4 * MEGABYTE;

    /** What it and the system's own buffers of four sockets may hold together; the system lets them grow as they are used. */
    private static final long HELD = OWN + 2 * (longest("tcp_rmem") + longest("tcp_wmem"));

    /** The last of three numbers. */
    private static long longest(String buffers) {
        // In one read: such a file need not give the rest to a second one.
        try (BufferedReader file = Files.newBufferedReader(Path.of("/proc/sys/net/ipv4", buffers))) {
            String[] numbers = file.readLine().split("\\s+");
            return Long.parseLong(numbers[numbers.length - 1]);
        } catch (IOException notLinux) {
            return 8 * MEGABYTE;
        }
    }

    /** Rows of 100 kB with all the sequence ids there are, beginning with 4. */
    private static List<byte[]> rows() {
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            byte[] row = new byte[ROW];
            row[0] = (byte) 0xFD;
            row[1] = (byte) (ROW - 4);
            row[2] = (byte) (ROW - 4 >> 8);
            row[3] = (byte) (ROW - 4 >> 16);
            row[ROW - 1] = (byte) i;
            rows.add(Frames.frame(4 + i, row));
        }
        return rows;
    }

    private static void stream(FakeServer server, OutputStream out, int count) throws IOException {
        server.write(out, Frames.join(Frames.of(HEAD)));
        List<byte[]> rows = rows();
        for (int i = 0; i < count; i++) {
            server.write(out, rows.get(i % 256));
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aClientLogsInAndAsks() throws IOException {
        TestClient client = client(proxy(server(FakeServer::okay).address())).login();
        for (int i = 0; i < 100; i++) {
            client.send("0: 0e");
            client.expect(Dialogue.OK);
        }
        assertThat(listener.clients()).isEqualTo(1);
        assertThat(backend.clients()).isEqualTo(1);
        client.close();
        await().untilAsserted(() -> assertThat(listener.clients()).isZero());
        await().untilAsserted(() -> assertThat(backend.clients()).isZero());
    }

    @Test
    void manyClientsAtOnce() throws IOException {
        SocketAddress address = proxy(server(FakeServer::okay).address());
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(client(address));
        }
        for (TestClient client : clients) {
            client.login().send("0: 0e");
        }
        for (TestClient client : clients) {
            client.expect(Dialogue.OK);
        }
        assertThat(backend.clients()).isEqualTo(50);
    }

    @Test
    void aLongAnswerToASlowClientIsNotHeldInMemory() throws IOException {
        int count = 2100;
        FakeServer server = server((self, in, out) -> {
            FakeServer.read(in);
            stream(self, out, count);
            int last = (4 + count) % 256;
            self.write(out, Frames.join(Frames.of(last + ": fe 00 00 02 00")));
            FakeServer.okay(self, in, out);
        });
        TestClient client = client(proxy(server.address())).login();
        client.send("0: 03 'SELECT x'");
        client.expect(HEAD);
        pause(1000);
        assertThat(server.sent.get()).as("while nothing is read").isLessThan(HELD);
        List<byte[]> rows = rows();
        long received = 0;
        for (int done = 0; done < count; done += 150) {
            client.expectRows(4 + done, rotated(rows, done), 150);
            received += 150L * (ROW + 4);
            pause(20);
            assertThat(server.sent.get() - received).as("after %d rows", done).isLessThan(HELD);
        }
        client.expect((4 + count) % 256 + ": fe 00 00 02 00");
        client.send("0: 0e");
        client.expect(Dialogue.OK);
    }

    private static List<byte[]> rotated(List<byte[]> rows, int by) {
        List<byte[]> all = new ArrayList<>(rows.subList(by % 256, 256));
        all.addAll(rows.subList(0, by % 256));
        return all;
    }

    @Test
    void everythingTheServerSaidBeforeItClosedArrives() throws IOException {
        int count = 100;
        FakeServer server = server((self, in, out) -> {
            FakeServer.read(in);
            stream(self, out, count);
        });
        TestClient client = client(proxy(server.address())).login();
        client.send("0: 03 'SELECT x'");
        client.expect(HEAD);
        pause(500);
        client.expectRows(4, rows(), count);
        client.expectEnd();
        await().untilAsserted(() -> assertThat(backend.clients()).isZero());
    }

    @Test
    void aServerThatIsResetEndsTheClient() throws IOException {
        FakeServer server = server((self, in, out) -> FakeServer.read(in));
        TestClient client = client(proxy(server.address())).login();
        client.send("0: 03 'SELECT x'");
        client.expectEnd();
    }

    @Test
    void anIdleServersGoodbyeArrives() throws IOException {
        FakeServer server =
                server((self, in, out) -> self.write(out, Frames.join(Frames.of("0: ff bf 0f '#HY000inactivity'"))));
        TestClient client = client(proxy(server.address())).login();
        client.expect("0: ff bf 0f '#HY000inactivity'");
        client.expectEnd();
    }

    @Test
    void aClientThatTakesNothingIsDisconnected() throws IOException {
        timeouts = new Timeouts(Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofMillis(500));
        FakeServer server = server((self, in, out) -> {
            FakeServer.read(in);
            stream(self, out, 1000);
        });
        TestClient client = client(proxy(server.address())).login();
        client.send("0: 03 'SELECT x'");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(backend.clients()).isZero());
    }
}
