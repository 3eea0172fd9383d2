package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients that reconnect all the time and share what idle connections there are; servers that die under them. */
@Timeout(120)
class PoolLoadIT {
    private static final int CLIENTS = 8;
    private static final int STATEMENTS = 10;

    private final FakeServer one = new FakeServer();
    private final FakeServer two = new FakeServer();
    private final TestProxy proxy = TestProxy.to()
            .backend(one.address())
            .backend(two.address())
            .lua(Path.of("src/test/resources/io/mysqlproxy/launcher/lua/pooling.lua"))
            .start();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger foreign = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean over;

    @AfterEach
    void close() {
        proxy.close();
        one.close();
        two.close();
    }

    @Test
    @Tag("C-109")
    @Tag("C-115")
    void onlyWhatIsOnItsWayIsLostWithAServer() throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        IntStream.range(0, CLIENTS).forEach(number -> clients.execute(() -> run(number)));
        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> answered.get() > 1200);
        assertThat(lost.get()).isZero();
        assertThat(two.connections()).isPositive();
        int opened = one.connections() + two.connections();
        assertThat(opened).as("connections are used again").isLessThan(answered.get() / STATEMENTS / 2);

        two.close();

        int before = answered.get();
        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> answered.get() > before + 600);
        over = true;
        clients.shutdown();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(foreign.get()).isZero();
        assertThat(lost.get()).isLessThanOrEqualTo(CLIENTS);
    }

    private void run(int number) {
        String user = number % 2 == 0 ? "ann" : "bob";
        for (int connection = 0; !over; connection++) {
            try (RawClient client = new RawClient(proxy.port())) {
                Payload welcome = client.login(user);
                if (welcome == null || welcome.first() != 0) {
                    lost.incrementAndGet();
                } else if (converse(client, number + "-" + connection + "-")) {
                    client.ask("\1");
                }
            } catch (RuntimeException e) {
                lost.incrementAndGet(); // a connection that is reset ends in an exception
            }
        }
    }

    /** Whether the connection was there to the end. */
    private boolean converse(RawClient client, String mark) {
        for (int i = 0; i < STATEMENTS; i++) {
            List<String> cells = client.cells("SELECT " + mark + i);
            if (cells.isEmpty()) {
                lost.incrementAndGet();
                return false;
            }
            answered.incrementAndGet();
            foreign.addAndGet(cells.equals(List.of(mark + i)) ? 0 : 1);
        }
        return true;
    }
}
