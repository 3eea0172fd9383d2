package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.script.ScriptScope;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Which backend a client gets, and in what state backends are (lua-api.md 6, 9.5). */
class BackendsIT {
    @Scenario
    @Tag("C-105")
    void clientsAreSpread(Stage stage) {
        FakeServer second = stage.add(new FakeServer());
        FakeServer readOnly = stage.add(new FakeServer());
        stage.script(
                        "function read_auth_result() local b = proxy.global.backends "
                                + "say(proxy.connection.backend_ndx, b[1].connected_clients, b[2].connected_clients, b[3].connected_clients) end")
                .start(proxy -> proxy.readOnlyBackend(readOnly.address())
                        .backend(stage.server().address())
                        .backend(second.address()));
        for (int i = 0; i < 4; i++) {
            stage.login();
        }

        assertThat(stage.said()).containsExactly("2 0 1 0", "3 0 1 1", "2 0 2 1", "3 0 2 2");
        assertThat(readOnly.connections()).isZero();
    }

    @Scenario
    @Tag("C-106")
    void aScriptChooses(Stage stage) {
        FakeServer readOnly = stage.add(new FakeServer());
        stage.script("function connect_server() proxy.global.n = (proxy.global.n or 0) + 1 local n = proxy.global.n "
                        + "if n == 2 then proxy.global.backends[2].state = 2 end "
                        + "proxy.connection.backend_ndx = ({ 2, 2, 99, -3 })[n] end "
                        + "function read_auth_result() say(proxy.connection.backend_ndx) end")
                .start(proxy -> proxy.backend(stage.server().address()).readOnlyBackend(readOnly.address()));

        stage.login();
        stage.login();
        RawClient none = stage.connect();
        assertThat(none.read()).isEqualTo(new Payload(0, "\377\121\4(proxy) all backends are down"));
        assertThat(none.isClosed()).isTrue();
        stage.login();

        assertThat(stage.said()).containsExactly("2", "1", "1");
        assertThat(readOnly.connections()).isOne();
        assertThat(stage.server().connections()).isEqualTo(2);
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-107")
    @Tag("C-108")
    void whatWasDownIsTriedAgain(Stage stage) throws IOException, InterruptedException {
        int port;
        try (ServerSocket gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        stage.script("function connect_server() local b = proxy.global.backends say(b[1].state, b[2].state) end "
                        + "function read_query(p) if p:find('down') then proxy.global.backends[2].state = 2 "
                        + "proxy.response = { type = 0 } return 2 end end")
                .start(proxy -> proxy.backend("127.0.0.1:" + port)
                        .backend(stage.server().address()));

        RawClient client = stage.login();
        stage.login();
        assertThat(stage.said()).containsExactly("0 0", "2 0", "2 1");

        Thread.sleep(6100);
        client.query("down");
        stage.login();

        assertThat(stage.said().subList(3, 5))
                .as("a state that a script sets does not count as a change of now")
                .containsExactly("0 0", "2 0");
    }

    @Scenario
    @Tag("C-120")
    void anIdleClientIsLeft(Stage stage) {
        stage.script("function disconnect_client() say('left') end")
                .start(proxy -> proxy.backend(stage.server().address())
                        .timeouts(new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(1500), Duration.ofHours(8))));
        RawClient client = stage.login();
        long start = System.nanoTime();

        assertThat(client.isClosed()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1300), Duration.ofMillis(2900));
        assertThat(stage.said(1)).containsExactly("left");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("J-22")
    @Tag("P-76")
    void eachPluginHasItsOwnList(Stage stage) {
        Path python = stage.folder().resolve("script.py");
        stage.write(python, "def read_query(proxy, packet):\n    proxy.backends[0].uuid = 'python'\n");
        stage.script(
                        "function read_query() local b = proxy.global.backends[1] say(b.uuid, b.connected_clients, #proxy.servers) end")
                .start(proxy -> proxy.python(python).backend(stage.server().address()));
        RawClient other = stage.add(new RawClient(stage.proxy().pythonPort()));
        other.login("ann");
        assertThat(other.cells("SELECT 1")).containsExactly("1");

        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("nil 1 1");
    }

    @Scenario
    @Tag("C-114")
    void indicesWithoutABackend(Stage stage) {
        stage.play(
                "function read_query() proxy.connection.backend_ndx = 7 local a = proxy.connection.backend_ndx "
                        + "proxy.connection.backend_ndx = '-5' say(a, proxy.connection.backend_ndx, proxy.connection.server ~= nil) end");

        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).isEqualTo(List.of("7 -5 true"));
    }
}
