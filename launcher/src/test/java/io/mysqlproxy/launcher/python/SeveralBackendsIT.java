package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples that choose between servers, with two of them, in both languages. */
class SeveralBackendsIT {
    private final FakeBackend first = new FakeBackend();
    private final FakeBackend second = new FakeBackend();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static TestProxy.Builder sample(String language, String name) {
        Path samples = TestProxy.repository().resolve("samples");
        return language.equals("lua")
                ? TestProxy.to().lua(samples.resolve("lua/" + name + ".lua"))
                : TestProxy.to().python(samples.resolve("python/" + name + ".py"));
    }

    private static int port(TestProxy proxy, String language) {
        return language.equals("lua") ? proxy.port() : proxy.pythonPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lua", "python"})
    void readsAndWritesGoToServersOfTheirOwn(String language) {
        try (Captured captured = new Captured();
                TestProxy proxy = sample(language, "rw_split")
                        .backend(first.address())
                        .readOnlyBackend(second.address())
                        .start();
                RawClient one = RawClient.loggedIn(port(proxy, language));
                RawClient two = RawClient.loggedIn(port(proxy, language))) {
            for (RawClient client : List.of(one, two)) {
                client.answer("select 1");
                client.answer("insert 1");
                client.answer("SELECT 2 FOR UPDATE");
            }

            assertThat(first.queries())
                    .containsExactly("insert 1", "SELECT 2 FOR UPDATE", "insert 1", "SELECT 2 FOR UPDATE");
            assertThat(second.queries()).containsExactly("select 1", "select 1");
            assertThat(captured.out()).isEqualTo("read-only: select 1\nread-only: select 1\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lua", "python"})
    void aHintChoosesTheServer(String language) {
        try (TestProxy proxy = sample(language, "route")
                        .backend(first.address())
                        .readOnlyBackend(second.address())
                        .start();
                RawClient one = RawClient.loggedIn(port(proxy, language));
                RawClient two = RawClient.loggedIn(port(proxy, language))) {
            one.answer("select 1");
            two.answer("/* read-only */ select 2");
            assertThat(one.cell("EXPLAIN ROUTE /* read-only */ select 3")).isEqualTo("read-only");

            assertThat(first.queries()).containsExactly("select 1");
            assertThat(second.queries()).containsExactly("/* read-only */ select 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lua", "python"})
    void theRowsOfAllServersAreOneResult(String language) {
        first.answers("\3select 1", FakeBackend.rows("n", Packets.row("a"), Packets.row("b")));
        second.answers("\3select 1", FakeBackend.rows("n", Packets.row("c")));
        try (TestProxy proxy = sample(language, "union")
                        .backend(first.address())
                        .backend(second.address())
                        .start();
                RawClient one = RawClient.loggedIn(port(proxy, language))) {
            assertThat(one.rows("EVERYWHERE select 1")).containsExactly(List.of("a"), List.of("b"));
            try (RawClient two = RawClient.loggedIn(port(proxy, language))) {
                assertThat(two.rows("EVERYWHERE select 1")).containsExactly(List.of("a"), List.of("b"), List.of("c"));
                two.assertInStep();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lua", "python"})
    void aStandbyServesWhenThePrimaryIsDown(String language) throws IOException {
        String dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = "127.0.0.1:" + socket.getLocalPort();
        }
        try (Captured captured = new Captured();
                TestProxy proxy = sample(language, "failover")
                        .backend(dead)
                        .readOnlyBackend(second.address())
                        .start();
                RawClient client = RawClient.loggedIn(port(proxy, language))) {
            assertThat(client.rows("SHOW BACKENDS"))
                    .containsExactly(List.of("primary", "down", "0"), List.of("standby", "up", "1"));
            assertThat(captured.out()).isEqualTo("no primary: a standby serves\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lua", "python"})
    void theNextClientTakesOverAnIdleConnection(String language) {
        try (Captured captured = new Captured();
                TestProxy proxy =
                        sample(language, "keep_alive").backend(first.address()).start()) {
            String plugin = language.equals("lua") ? "proxy" : "pyproxy";
            for (int i = 0; i < 3; i++) {
                try (RawClient client = RawClient.loggedIn(port(proxy, language))) {
                    client.answer("select 1");
                    client.command("\1");
                }
                await().until(() -> proxy.server().clients(plugin) == 0);
            }
            assertThat(first.connections()).isEqualTo(1);
            assertThat(captured.out())
                    .isEqualTo("opening a connection\ntaking an idle connection\ntaking an idle connection\n");
        }
    }
}
