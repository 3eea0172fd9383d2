package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import org.awaitility.Awaitility;

/** Clients that change their server between commands, as scripts for splitting reads and writes do (lua-api.md 3.2, 6.4). */
class SwitchingIT {
    /** Every login ends in the pool of backend 1 or 2, by the name's first letter; a statement says where it wants to go. */
    private static final String SPLITS = """
            local function state(what)
                local b, c = proxy.global.backends, proxy.connection
                local function idle(i)
                    local pool = b[i].pool
                    return pool.users.joe.cur_idle_connections .. "+" .. b[i].connected_clients
                end
                say(what, c.backend_ndx, c.server and c.server.dst.port == b[1].dst.port and 1 or c.server and 2, idle(1), idle(2))
            end
            function connect_server()
                proxy.global.n = (proxy.global.n or 0) + 1
                proxy.connection.backend_ndx = (proxy.global.n - 1) % 2 + 1
            end
            function read_auth_result(auth)
                proxy.connection.backend_ndx = 0
                state("login")
            end
            function read_query(packet)
                if packet:byte() ~= 3 then return end
                local wanted = tonumber(packet:match("to(%d)"))
                if wanted then proxy.connection.backend_ndx = wanted end
                state("query")
                proxy.queries:append(1, packet, { resultset_is_needed = true })
                return 1
            end
            function read_query_result(inj)
                if inj.query:find("drop") then proxy.connection.backend_ndx = 0 end
                state("result")
            end
            function disconnect_client()
                state("left")
            end
            """;

    private static Stage two(Stage stage, FakeServer second) {
        return stage.script(SPLITS)
                .start(proxy -> proxy.backend(stage.server().address()).backend(second.address()));
    }

    @Scenario
    void aClientMovesBetweenServers(Stage stage) {
        FakeServer second = stage.add(new FakeServer());
        two(stage, second);
        RawClient one = stage.login();
        RawClient two = stage.login();

        assertThat(one.cells("SELECT to2")).containsExactly("to2");
        assertThat(one.cells("SELECT to1")).containsExactly("to1");
        assertThat(two.cells("SELECT to2 drop")).containsExactly("to2 drop");
        one.close();

        assertThat(stage.said(9))
                .containsExactly(
                        "login 0 nil 1+0 0+0",
                        "login 0 nil 1+0 1+0",
                        "query 2 2 1+0 0+1",
                        "result 2 2 1+0 0+1",
                        "query 1 1 0+1 1+0",
                        "result 1 1 0+1 1+0",
                        "query 2 2 0+1 0+1",
                        "result 0 nil 0+1 1+0",
                        "left 1 1 0+1 1+0");
        assertThat(stage.server().statements()).containsExactly("SELECT to1");
        assertThat(second.statements()).containsExactly("SELECT to2", "SELECT to2 drop");
    }

    @Scenario
    void anIdleConnectionThatItsServerClosesLeavesThePool(Stage stage) {
        FakeServer second = stage.add(new FakeServer());
        two(stage, second);
        RawClient one = stage.login();
        RawClient two = stage.login();
        second.close();

        Awaitility.await().untilAsserted(() -> {
            RawClient client = stage.login();
            client.close();
            assertThat(stage.said()).anyMatch(line -> line.startsWith("left") && line.endsWith(" 0+0"));
        });
        one.send(0, "\3SELECT to2");
        assertThat(one.isClosed()).isTrue();
        assertThat(two.cells("SELECT to1")).containsExactly("to1");
    }

    @Scenario
    void surplusConnectionsAreClosedByTheOneThatLeaves(Stage stage) {
        stage.play("""
                function read_auth_result() proxy.connection.backend_ndx = 0 end
                function read_query(p) if p:byte() == 3 then proxy.response = { type = 0 } return 2 end end
                function disconnect_client()
                    proxy.connection.backend_ndx = 1
                    local b = proxy.global.backends[1]
                    say(b.pool.users.joe.cur_idle_connections, b.connected_clients, proxy.connection.server.thread_id)
                end
                """);
        RawClient one = stage.login();
        RawClient two = stage.login();
        one.close();
        assertThat(stage.said(1)).containsExactly("1 1 101");
        two.close();
        assertThat(stage.said(2)).containsExactly("1 1 101", "0 1 102");
    }

    @Scenario
    void aSchemaIsTheServersOwn(Stage stage) {
        FakeServer second = stage.add(new FakeServer());
        stage.script(SPLITS.replace(
                        "state(\"result\")",
                        "say(proxy.connection.client.default_db, proxy.connection.server.default_db)"))
                .start(proxy -> proxy.backend(stage.server().address()).backend(second.address()));
        RawClient one = stage.connect();
        one.login("joe", "", "alpha");
        RawClient two = stage.connect();
        two.login("joe", "", "beta");

        one.query("SELECT to2");
        one.query("USE gamma");
        one.query("SELECT to1");

        assertThat(stage.said().stream().filter(line -> !line.contains(" 1+") && !line.contains(" 0+")))
                .containsExactly("alpha beta", "gamma gamma", "gamma alpha");
    }

    @Scenario
    void theWishToCloseCanBeTakenBack(Stage stage) {
        stage.play("function connect_server() proxy.connection.connection_close = true end "
                + "function read_query(p) if p:find('stay') then proxy.connection.connection_close = false end end");
        RawClient stays = stage.login();
        assertThat(stays.cells("SELECT stay")).containsExactly("stay");
        assertThat(stays.cells("SELECT stay")).containsExactly("stay");

        RawClient goes = stage.login();
        assertThat(goes.cells("SELECT 1")).containsExactly("1");
        assertThat(goes.isClosed()).isTrue();
    }

    @Scenario
    void aScriptsAnswerToAChangeOfSchemaCounts(Stage stage) {
        stage.play("function read_query(p) say(proxy.connection.client.default_db, proxy.connection.server.default_db) "
                + "proxy.response = p:find('no') and { type = 255, errmsg = 'x' } or { type = 0 } return 2 end");
        RawClient client = stage.login();

        assertThat(client.ask("\2one")).isEqualTo(new Payload(1, FakeServer.OK));
        assertThat(client.ask("\2no").first()).isEqualTo(0xFF);
        client.ask("\3x");
        assertThat(stage.said()).containsExactly(" ", "one one", "one one");
    }
}
