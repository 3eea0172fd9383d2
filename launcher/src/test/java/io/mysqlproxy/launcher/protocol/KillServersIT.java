package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * KILL through one proxy with two real servers, MySQL and MariaDB, whose connection ids meet (W-44). Clients are spread over them
 * one by one.
 */
@Timeout(120)
@Tag("W-44")
class KillServersIT {
    /** Keeps the server of a client that says COM_PROCESS_INFO, which no test needs otherwise. */
    private static final String POOLING = """
            function read_query(packet)
                if packet:byte() == proxy.COM_PROCESS_INFO then
                    proxy.connection.backend_ndx = 0
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
            end
            """;

    private static final Account ACCOUNT = Servers.mysql().nativeAccount();
    private static final String SLEEP = "SELECT COUNT(*) FROM (SELECT 1) AS one WHERE SLEEP(60) = 0";
    private static final String SHORT = "SELECT SLEEP(2)";

    @TempDir
    private Path folder;

    private TestProxy proxy;

    @BeforeEach
    void start() throws Exception {
        assertThat(Servers.mariadb().nativeAccount()).isEqualTo(ACCOUNT);
        meet();
        proxy = TestProxy.to(Servers.mysql(), Servers.mariadb())
                .lua(Files.writeString(folder.resolve("pool.lua"), POOLING))
                .start();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    /** Logs in to the server that lags behind until the next connection of both gets the same id. */
    private static void meet() {
        DatabaseServer[] servers = {Servers.mysql(), Servers.mariadb()};
        long[] ids = {burn(servers[0]), burn(servers[1])};
        while (ids[0] != ids[1]) {
            int behind = ids[0] < ids[1] ? 0 : 1;
            ids[behind] = burn(servers[behind]);
        }
    }

    private static long burn(DatabaseServer server) {
        try (RawClient client = login(server.port())) {
            long id = client.greeting().threadId();
            client.send(0, "\1");
            return id;
        }
    }

    private static RawClient login(int port) {
        RawClient client = new RawClient(port);
        assertThat(client.login(ACCOUNT.user(), ACCOUNT.password(), "test").first())
                .isZero();
        return client;
    }

    private RawClient login() {
        return login(proxy.port());
    }

    private static boolean isMariadb(RawClient client) {
        return client.greeting().serverVersion().contains("MariaDB");
    }

    private static void interrupted(RawClient client) {
        assertThat(client.answer().toString()).contains("Query execution was interrupted");
        assertThat(client.cells("SELECT 'usable'")).containsExactly("usable");
    }

    @Test
    void idsThatMeetAreToldApart() {
        try (RawClient one = login();
                RawClient two = login();
                RawClient three = login();
                RawClient four = login()) {
            List<RawClient> all = List.of(one, two, three, four);
            assertThat(all).extracting(KillServersIT::isMariadb).containsExactly(false, true, false, true);
            List<String> own = all.stream()
                    .map(c -> c.cells("SELECT CONNECTION_ID()").get(0))
                    .toList();
            assertThat(own.get(0)).as("to their servers").isEqualTo(own.get(1));
            assertThat(all.stream().map(c -> c.greeting().threadId()).distinct())
                    .hasSize(4);

            for (int target = 0; target < 2; target++) {
                RawClient stranger = all.get(1 - target);
                all.get(target).send(0, "\3" + SLEEP);
                stranger.send(0, "\3" + SHORT);
                pause();
                // the one at the same server
                String kill = "KILL QUERY " + all.get(target).greeting().threadId();
                assertThat(all.get(target + 2).query(kill).get(0).first()).isZero();
                interrupted(all.get(target));
                assertThat(stranger.answer().get(3).text()).as("slept well").isEqualTo("\0010");
            }
        }
    }

    @Test
    void fromTheOtherServerItGoesOverAnIdleConnection() {
        try (RawClient one = login();
                RawClient two = login();
                RawClient three = login();
                RawClient four = login()) {
            List<RawClient> all = List.of(one, two, three, four);
            for (int target = 0; target < 2; target++) {
                RawClient victim = all.get(target);
                RawClient killer = all.get(1 - target);
                victim.send(0, "\3" + SLEEP);
                pause();
                String kill = "KILL QUERY " + victim.greeting().threadId();
                assertThat(killer.query(kill).toString()).contains("Unknown thread id: ");

                assertThat(all.get(target + 2).ask("\12").first()).isZero(); // its server's connection is idle now
                assertThat(killer.query(kill)).allMatch(p -> p.first() == 0);
                interrupted(victim);
            }
        }
    }

    @Test
    void aConnectionIsEndedTheSameWay() {
        try (RawClient one = login();
                RawClient two = login()) {
            String kill = "KILL " + two.greeting().threadId();
            assertThat(one.query(kill)).as("from this side").allMatch(p -> p.first() == 0);
            assertThat(two.isClosed()).isTrue();
            assertThat(one.cells("SELECT 'usable'")).containsExactly("usable");
        }
    }

    /** Until the statement runs. */
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
