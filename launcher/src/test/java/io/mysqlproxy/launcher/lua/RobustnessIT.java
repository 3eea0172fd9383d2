package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** Whatever a hook does costs its own command at most; whatever a script keeps stays safe to touch. */
class RobustnessIT {
    @Scenario
    void whateverIsThrown(Stage stage) {
        stage.play("""
                local function forever(n) return 1 + forever(n + 1) end
                local wild = {
                    forever = function() forever(1) end,
                    value = function() error(setmetatable({}, { __tostring = function() error("again") end })) end,
                    null = function() error(nil) end,
                    number = function() error(42) end,
                    coroutine = function() coroutine.wrap(function() error("inside") end)() end,
                    yield = function() coroutine.yield(1) end,
                    deep = function() coroutine.wrap(function() forever(1) end)() end,
                    memory = function() local s = ("x"):rep(2 ^ 31) return s .. s end,
                    pattern = function() return ("x"):rep(300000):find(("x?"):rep(300000) .. "y") end,
                    response = function()
                        proxy.response = setmetatable({}, { __index = function() error("no") end })
                        return 2
                    end,
                    self = function()
                        local t = setmetatable({}, {})
                        getmetatable(t).__index = t
                        proxy.response = t
                        return 2
                    end,
                    sort = function() table.sort({ 3, 1, 2, "x", {} }) end,
                    gsub = function() return ("x"):gsub("x", function() error({}) end) end,
                    hook = function() read_query = nil return read_query() end,
                    huge = function() return ("x"):rep(2 ^ 40) end,
                    many = function() return unpack({}, 1, 5000) end,
                }
                function read_query(packet)
                    local what = wild[packet:sub(2)]
                    if what then return what() end
                end
                """);
        RawClient client = stage.login();

        for (String what : List.of(
                "forever",
                "value",
                "null",
                "number",
                "coroutine",
                "yield",
                "deep",
                "pattern",
                "response",
                "self",
                "sort",
                "gsub",
                "many",
                "huge",
                "hook")) {
            assertThat(client.query(what)).as(what).hasSize(1);
            assertThat(stage.login().cells("SELECT 1")).as(what).containsExactly("1");
        }
    }

    @Scenario(ScriptScope.EXECUTION)
    void everyHookMayRecurseWithoutEnd(Stage stage) {
        stage.play("""
                local function forever() return 1 + forever() end
                connect_server, read_handshake, read_auth, read_auth_result = forever, forever, forever, forever
                read_query_result, disconnect_client = forever, forever
                function read_query(p) proxy.queries:append(1, p, { resultset_is_needed = true }) return 1 end
                """);
        RawClient client = stage.login();

        assertThat(client.cells("SELECT 1")).containsExactly("1");
        client.close();
        Awaitility.await().until(() -> stage.log().errors().size() >= 6);
        assertThat(stage.log().errors()).allSatisfy(line -> assertThat(line).contains("stack overflow"));
        assertThat(stage.login().cells("SELECT 2")).containsExactly("2");
    }

    @Scenario
    @Tag("J-07")
    void refusing(Stage stage) {
        stage.script("function read_query(p) if p:find('q') then error('no') end proxy.queries:append(1, p, "
                        + "{ resultset_is_needed = true }) return 1 end "
                        + "function read_query_result(inj) if inj.query:find('r') then error('no') end end "
                        + "function disconnect_client() error('late') end")
                .start(proxy -> proxy.backend(stage.server().address()).onError(FailureMode.REFUSE));
        RawClient client = stage.login();
        Payload refused = new Payload(
                1, Payload.error(1105, "07000", "MySQL Proxy Lua script failed to execute. Check the error log."));

        assertThat(client.query("SELECT q")).containsExactly(refused);
        assertThat(client.query("SELECT r")).containsExactly(refused);
        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(stage.server().statements()).containsExactly("SELECT r", "SELECT 1");
    }

    @Scenario
    void coroutinesMayDoWhatHooksMay(Stage stage) {
        stage.play("""
                function read_query(packet)
                    if packet:byte() ~= 3 then return end
                    proxy.step = proxy.step or coroutine.wrap(function()
                        while true do
                            proxy.queries:append(1, "\\3SELECT " .. proxy.connection.client.username, { resultset_is_needed = true })
                            coroutine.yield(1)
                            proxy.connection.backend_ndx = 0
                            say(proxy.connection.server)
                            proxy.connection.backend_ndx = 1
                            say(proxy.connection.server.thread_id)
                            coroutine.yield(0)
                        end
                    end)
                    return proxy.step()
                end
                """);
        RawClient client = stage.login();

        assertThat(client.cells("SELECT 1")).containsExactly("joe");
        assertThat(client.cells("SELECT 2")).containsExactly("2");
        assertThat(client.cells("SELECT 3")).containsExactly("joe");
        assertThat(stage.said()).containsExactly("nil", "101");
    }

    @Scenario
    void whatIsKeptBeyondItsHook(Stage stage) {
        stage.play("""
                local kept = proxy.global
                function read_query(packet)
                    if packet:find("SELECT") then
                        kept.connection, kept.queries = proxy.connection, proxy.queries
                        kept.client, kept.server = proxy.connection.client, proxy.connection.server
                        proxy.queries:append(1, packet, { resultset_is_needed = true })
                        return 1
                    end
                    local c, i = kept.connection, kept.inj
                    say(kept.client.username, kept.client.src.port, kept.client.default_db, kept.server.thread_id, c.backend_ndx)
                    say(i.id, i.query:sub(2), i.resultset.row_count, i.resultset.fields[1].name, i.resultset.raw:byte())
                    for row in i.resultset.rows do say(row[1]) end
                    local row = kept.rows()
                    say(row and row[1], kept.rows(), kept.resultset.query_status, #kept.queries)
                    say(type(c.server), pcall(function() c.backend_ndx = 1 end) and c.server)
                    say(pcall(function() c.backend_ndx = 0 end), pcall(kept.queries.append, kept.queries, 1, "x"),
                        pcall(kept.queries.reset, kept.queries), pcall(function() c.connection_close = true end))
                    proxy.response = { type = 0 }
                    return 2
                end
                function read_query_result(inj)
                    kept.inj, kept.resultset, kept.rows = inj, inj.resultset, inj.resultset.rows
                end
                """);
        RawClient one = stage.login();
        RawClient two = stage.login("ann");
        one.query("SELECT 1");
        String mine = "joe " + one.port() + "  101 ";

        assertThat(two.ask("\3look").text()).isEqualTo(FakeServer.OK);
        assertThat(stage.said().subList(0, 4)).containsExactly(mine + "1", "1 SELECT 1 1 f 1", "1", "1 nil 0 0");
        assertThat(stage.said().get(4)).isEqualTo("userdata false");
        assertThat(stage.said().get(5)).doesNotContain("true");
        assertThat(one.cells("SELECT 1")).as("nothing happened to it").containsExactly("1");

        one.close();
        Awaitility.await().until(() -> stage.proxy().server().clients("proxy") == 1);
        assertThat(two.ask("\3look").text()).isEqualTo(FakeServer.OK);
        assertThat(stage.said().subList(6, 10)).containsExactly(mine + "1", "1 SELECT 1 1 f 1", "1", "1 nil 0 0");
        assertThat(stage.said().get(10)).isEqualTo("nil false");
        assertThat(stage.said().get(11)).doesNotContain("true");
        assertThat(two.cells("SELECT 2")).containsExactly("2");
    }
}
