package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import org.junit.jupiter.api.Tag;

/** Commands other than statements, queued and forwarded (lua-api.md 4.7 to 4.9). */
class CommandIT {
    private static final String CHANGE_USER = "\21ann\0\0test\0\10\0mysql_native_password\0";

    /** Queues what it gets, held or not by its last byte's parity; says what the answer is. */
    private static final String QUEUES = """
            local held = %s
            function read_query(packet)
                if packet:byte() == 3 then
                    say(proxy.connection.client.default_db, proxy.connection.server.username)
                    return
                end
                proxy.queries:append(1, packet, { resultset_is_needed = held })
                return proxy.PROXY_SEND_QUERY
            end
            function read_query_result(inj)
                say(inj.id, inj.resultset.query_status, held and inj.resultset.raw:byte())
                %s
            end
            """;

    private static RawClient client(Stage stage, boolean held, String more) {
        stage.play(QUEUES.formatted(held, more));
        return stage.login();
    }

    @Scenario
    void aQueuedChangeOfUser(Stage stage) {
        RawClient client = client(stage, true, "");

        assertThat(client.ask(CHANGE_USER)).isEqualTo(new Payload(1, FakeServer.OK));
        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("1 0 0", "test ann");
    }

    @Scenario
    void aStreamedChangeOfUser(Stage stage) {
        RawClient client = client(stage, false, "");

        assertThat(client.ask(CHANGE_USER)).isEqualTo(new Payload(1, FakeServer.OK));
        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("1 0 false", "test ann");
    }

    @Scenario
    void aRefusedChangeOfUserCanBeReplaced(Stage stage) {
        stage.server().answer(CHANGE_USER, FakeServer.DENIED);
        RawClient client = client(stage, true, "proxy.response = { type = 0, insert_id = 3 } return 2");

        assertThat(client.ask(CHANGE_USER)).isEqualTo(new Payload(1, "\0\0\3\2\0\0\0"));
        assertThat(stage.said()).containsExactly("1 0 255");
    }

    @Scenario
    void someServersCannotChangeUsers(Stage stage) {
        stage.server().version("5.1.14-beta");
        RawClient client = client(stage, true, "");

        assertThat(client.ask(CHANGE_USER).text())
                .endsWith("COM_CHANGE_USER is broken on 5.1.14-.17, please upgrade the MySQL Server");
        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly(" joe");
    }

    @Scenario
    void aStreamOfTheBinaryLog(Stage stage) {
        for (boolean held : new boolean[] {true, false}) {
            Stage each = new Stage(stage.scope());
            try {
                each.server().answer("\22x", "\0one", "\0two", "\0three");
                RawClient client = client(each, held, "return 4");

                assertThat(client.ask("\22x")).isEqualTo(new Payload(1, "\0one"));
                assertThat(client.read()).isEqualTo(new Payload(2, "\0two"));
                assertThat(client.read()).isEqualTo(new Payload(3, "\0three"));
                assertThat(each.said()).containsExactly("1 0 " + (held ? 0 : false));
            } finally {
                each.close();
            }
        }
    }

    @Scenario
    void aRefusedStreamOfTheBinaryLog(Stage stage) {
        stage.server().answer("\22x", FakeServer.DENIED);
        RawClient client = client(stage, true, "");

        assertThat(client.ask("\22x")).isEqualTo(new Payload(1, FakeServer.DENIED));
        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("1 0 255", " joe");
    }

    @Scenario
    @Tag("D-17")
    void unknownCommands(Stage stage) {
        RawClient client = client(stage, true, "");

        for (String command : new String[] {"\5x", "\6x", "\35", "\37", "\200"}) {
            assertThat(client.ask(command)).isEqualTo(new Payload(1, FakeServer.OK));
        }
        assertThat(stage.said()).hasSize(5).containsOnly("1 0 0");
    }

    @Scenario
    void aFileNobodyWants(Stage stage) {
        stage.server().answer("\2file", "\373x").answer("\3LOAD", "\373file").answer("", FakeServer.OK);
        stage.play("function read_query(p) if not p:find('LOAD') then return end "
                + "for i = 1, 2 do proxy.queries:append(i, i == 1 and p or '\\3SELECT 2', { resultset_is_needed = true }) end "
                + "return 1 end function read_query_result(inj) say(inj.id) if inj.id == 1 then return 4 end end");
        RawClient client = stage.login();

        assertThat(client.cells("LOAD")).containsExactly("2");
        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("1", "2");
        assertThat(stage.server().received().get(2).packet()).isEqualTo(new Payload(2, ""));
    }

    @Scenario
    void aFileWhoseServerIsGone(Stage stage) {
        stage.server().answer("\3LOAD", "\373file");
        stage.play(
                "function read_query(p) if p:find('LOAD') then proxy.queries:append(1, p, { resultset_is_needed = true }) "
                        + "return 1 end proxy.response = { type = 0, insert_id = 9 } return 2 end "
                        + "function read_query_result(inj) proxy.connection.backend_ndx = 0 end");
        RawClient client = stage.login();

        assertThat(client.ask("\3LOAD")).isEqualTo(new Payload(1, "\373file"));
        client.send(2, "1,2", "");
        assertThat(client.read()).isEqualTo(new Payload(4, FakeServer.OK));
        assertThat(client.ask("\3x")).isEqualTo(new Payload(1, "\0\0\11\2\0\0\0"));
    }

    @Scenario
    void aFileThatAScriptAsksForInPlaceOfAResult(Stage stage) {
        stage.play("function read_query(p) proxy.queries:append(1, p, { resultset_is_needed = true }) "
                + "proxy.queries:append(2, '\\3SELECT 2', { resultset_is_needed = true }) return 1 end "
                + "function read_query_result(inj) say(inj.id) proxy.response = { type = 250, packets = { '\\251file' } } "
                + "return inj.id == 1 and inj.query:find('1') and 2 or nil end");
        RawClient client = stage.login();

        assertThat(client.ask("\3SELECT 1")).isEqualTo(new Payload(1, "\373file"));
        client.send(2, "1,2", "");
        assertThat(client.read()).isEqualTo(new Payload(4, FakeServer.OK));
        assertThat(client.cells("SELECT 3")).containsExactly("3");
        assertThat(stage.said(4)).containsExactly("1", "2", "1", "2");
    }

    @Scenario
    @Tag("D-18")
    void aFileTheServerDoesNotTake(Stage stage) {
        stage.server().answer("\3LOAD", "\373file").answer("x").answer("", FakeServer.DENIED);
        stage.play(
                "function read_query(p) if p:find('LOAD') then proxy.queries:append(1, p) "
                        + "proxy.queries:append(2, '\\3SELECT 2', { resultset_is_needed = true }) return 1 end end "
                        + "function read_query_result(inj) say(inj.id, inj.resultset.row_count) return inj.id == 2 and 4 or nil end");
        RawClient client = stage.login();

        assertThat(client.ask("\3LOAD")).isEqualTo(new Payload(1, "\373file"));
        client.send(2, "x", "");
        assertThat(client.read()).isEqualTo(new Payload(4, FakeServer.DENIED));
        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("1 0", "2 1");
    }

    @Scenario
    @Tag("C-95")
    void aCommandWithoutAnAnswer(Stage stage) {
        stage.play(
                "function read_query(p) if p:byte() ~= 25 then return end proxy.queries:append(1, '\\25\\1\\0\\0\\0') "
                        + "return 1 end function read_query_result(inj) say('called') end");
        RawClient client = stage.login();
        client.send(0, "\31\1\0\0\0");

        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).isEmpty();
    }

    @Scenario
    @Tag("C-97")
    void badArguments(Stage stage) {
        stage.play("""
                function read_query(p)
                    for _, try in ipairs({
                        function(q) q:append("x", "y") end,
                        function(q) q:append(1) end,
                        function(q) q:append(1, "x", 5) end,
                        function(q) q:append(1, "x", { resultset_is_needed = 1 }) end,
                        function(q) q:prepend(1, "x", { resultset_is_needed = "true" }) end,
                        function(q) q:prepend(1, {}) end,
                    }) do
                        say((select(2, pcall(try, proxy.queries)):gsub("^.-:%d+: ", "")))
                    end
                    say(#proxy.queries, select("#", proxy.queries:append("2.9", 12, nil)))
                    proxy.queries:append(3, "\\3SELECT 3", {})
                    return 1
                end
                function read_query_result(inj) say(inj.id, inj.query) return inj.id == 2 and 4 or nil end
                """);
        stage.server().answer("12", FakeServer.OK);
        stage.login().query("x");

        assertThat(stage.said().subList(0, 7))
                .containsExactly(
                        "bad argument #1 to 'append' (number expected, got string)",
                        "bad argument #2 to 'append' (string expected, got no value)",
                        "bad argument #3 to 'append' (table expected, got number)",
                        "bad argument #3 to 'append' (:append(..., { resultset_is_needed = boolean } ), is %s)",
                        "bad argument #3 to 'prepend' (:prepend(..., { resultset_is_needed = boolean } ), is %s)",
                        "bad argument #2 to 'prepend' (string expected, got table)",
                        "0 0");
        assertThat(stage.server().commands()).startsWith("12");
    }
}
