package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KILL reaches the server of the client that is meant, and nobody else; statements of clients that are gone. */
class KillIT {
    /** Keeps the server of a client that quits. */
    private static final String POOLING = """
            function read_query(packet)
                if packet:byte() == proxy.COM_QUIT then
                    proxy.connection.backend_ndx = 0
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
            end
            """;

    private final FakeServer one = new FakeServer();
    private final FakeServer two = new FakeServer();
    private final LogCapture log = new LogCapture();
    private TestProxy proxy;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        if (proxy != null) {
            proxy.close();
        }
        one.close();
        two.close();
        log.close();
    }

    private Path script() throws IOException {
        return Files.writeString(folder.resolve("pool.lua"), POOLING);
    }

    private RawClient login(String user) {
        RawClient client = new RawClient(proxy.port());
        assertThat(client.login(user).first()).isZero();
        return client;
    }

    private static Payload unknown(long id) {
        return new Payload(1, Payload.error(1094, "HY000", "Unknown thread id: " + id));
    }

    private void twoServers(Path script) {
        TestProxy.Builder builder = TestProxy.to().backend(one.address()).backend(two.address());
        proxy = (script == null ? builder : builder.lua(script)).start();
    }

    @Test
    @Tag("W-44")
    void clientsOfDifferentServersAreToldApart() {
        twoServers(null);
        try (RawClient a = login("joe");
                RawClient b = login("joe");
                RawClient c = login("joe");
                RawClient stranger = login("ann")) {
            long first = a.greeting().threadId();
            long second = b.greeting().threadId();
            assertThat(first).as("as its server calls it").isEqualTo(101);
            assertThat(second).as("101 is taken").isNotEqualTo(101);
            assertThat(c.greeting().threadId()).isEqualTo(102);

            assertThat(c.query("KILL QUERY " + first).get(0).text()).isEqualTo(FakeServer.OK);
            assertThat(c.query("/* x */ kill query " + second)).containsExactly(unknown(second));
            assertThat(c.query("KILL 4711").get(0).text()).isEqualTo(FakeServer.OK);
            // b's own id is another one to its server
            assertThat(b.query("KILL QUERY " + second).get(0).text()).isEqualTo(FakeServer.OK);
            assertThat(stranger.query("KILL " + first)).containsExactly(unknown(first));

            assertThat(one.statements()).containsExactly("KILL QUERY 101", "KILL 4711");
            assertThat(two.statements()).containsExactly("KILL QUERY 101");
            assertThat(a.query("x").get(0).text()).isEqualTo(FakeServer.OK);
        }
    }

    @Test
    @Tag("W-44")
    void aConnectionToAnotherServerCanBeEndedFromThisSide() {
        twoServers(null);
        try (RawClient a = login("joe");
                RawClient b = login("joe")) {
            long id = b.greeting().threadId();
            String command = "\14" + (char) (id & 0xFF) + (char) (id >> 8 & 0xFF) + (char) (id >> 16 & 0xFF)
                    + (char) (id >> 24 & 0xFF);
            assertThat(a.ask(command).text()).isEqualTo(FakeServer.OK);
            assertThat(b.isClosed()).isTrue();
            assertThat(one.commands()).isEmpty();
            assertThat(a.ask(command))
                    .as("nobody any more: for the server to judge")
                    .isNotNull();
            assertThat(one.commands()).containsExactly(command);
        }
    }

    @Test
    @Tag("W-44")
    void anIdleConnectionCarriesItToTheOtherServer() throws Exception {
        two.answer("\3KILL 102", Payload.error(1095, "HY000", "You are not owner of thread 102"));
        twoServers(script());
        RawClient a = login("joe");
        RawClient spare = login("joe");
        RawClient c = login("joe");
        RawClient target = login("joe");
        assertThat(spare.ask("\1").text()).isEqualTo(FakeServer.OK);
        long id = target.greeting().threadId();

        assertThat(a.query("KILL QUERY " + id).get(0).text()).isEqualTo(FakeServer.OK);
        assertThat(a.query("KILL " + id))
                .containsExactly(new Payload(1, Payload.error(1095, "HY000", "You are not owner of thread 102")));
        assertThat(two.statements()).containsExactly("KILL QUERY 102", "KILL 102");
        assertThat(one.statements()).isEmpty();
        assertThat(two.connections()).isEqualTo(2);
        assertThat(target.query("x").get(0).text()).isEqualTo(FakeServer.OK);
        for (RawClient each : new RawClient[] {a, spare, c, target}) {
            each.close();
        }
    }

    @Test
    @Tag("W-39")
    @Tag("J-27")
    void theStatementOfAClientThatIsGoneEnds() throws Exception {
        DatabaseServer server = Servers.mysql();
        Account account = server.nativeAccount();
        proxy = TestProxy.to(server)
                .lua(script())
                .protocol(ProtocolConfig.DEFAULT.with(Policy.DEFAULT.killingOnDisconnect()))
                .start();
        assertThat(log.lines()).anyMatch(l -> l.contains("--proxy-kill-on-disconnect without --proxy-kill-user"));
        RawClient watch = login(account);
        RawClient first = login(account);
        first.send(0, "\3SELECT SLEEP(71)");
        running(watch, 71, 1);
        first.close();
        Awaitility.await().until(() -> log.lines().stream().anyMatch(l -> l.contains("may run on at")));
        running(watch, 71, 1);

        RawClient spare = login(account);
        spare.ask("\1");
        RawClient second = login(account);
        second.send(0, "\3SELECT SLEEP(72)");
        running(watch, 72, 1);
        second.close();
        running(watch, 72, 0);
        watch.cells("KILL "
                + watch.cells("SELECT id FROM information_schema.processlist WHERE info = 'SELECT SLEEP(71)'")
                        .get(0));
        running(watch, 71, 0);
        watch.close();
        spare.close();
    }

    private RawClient login(Account account) {
        RawClient client = new RawClient(proxy.port());
        assertThat(client.login(account.user(), account.password(), "test").first())
                .isZero();
        return client;
    }

    private static void running(RawClient watch, int seconds, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(watch.cells(
                                "SELECT COUNT(*) FROM information_schema.processlist WHERE info = 'SELECT SLEEP("
                                        + seconds + ")'"))
                        .containsExactly(String.valueOf(count)));
    }
}
