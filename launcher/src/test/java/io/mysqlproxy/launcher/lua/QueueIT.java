package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** The queue: what is sent when, and which of the results reaches the client (lua-api.md 4, 9.4). */
class QueueIT {
    /** Queues {@code SELECT id} for each entry of a table: true is buffered. */
    private static final String QUEUES = """
            local function queue(...)
                for id, needed in ipairs({...}) do
                    proxy.queries:append(id, "\\3SELECT " .. id, { resultset_is_needed = needed })
                end
                return proxy.PROXY_SEND_QUERY
            end
            """;

    private static final String ALREADY_SENT =
            "got asked to send a resultset, but ignoring it as we already have sent ";

    private static List<Payload> rows(String cell) {
        String[] packets = FakeServer.rows(cell);
        return IntStream.range(0, packets.length)
                .mapToObj(i -> new Payload(i + 1, packets[i]))
                .toList();
    }

    @Scenario
    @Tag("C-69")
    void order(Stage stage) {
        stage.play("""
                local function add(how, id)
                    proxy.queries[how](proxy.queries, id, "\\3SELECT " .. string.char(id), { resultset_is_needed = true })
                end
                function read_query()
                    add("append", 66) add("append", 67) add("prepend", 65)
                    return 1
                end
                function read_query_result(inj)
                    say(string.char(inj.id), inj.type, inj.query:sub(2), #proxy.queries, proxy.queries:len())
                    if inj.id == 65 then add("prepend", 80) add("append", 90) end
                    return inj.id ~= 90 and proxy.PROXY_IGNORE_RESULT or nil
                end
                """);

        assertThat(stage.login().query("x")).isEqualTo(rows("Z"));
        assertThat(stage.server().statements())
                .containsExactly("SELECT A", "SELECT P", "SELECT B", "SELECT C", "SELECT Z");
        assertThat(stage.said())
                .containsExactly(
                        "A 65 SELECT A 2 2",
                        "P 80 SELECT P 3 3",
                        "B 66 SELECT B 2 2",
                        "C 67 SELECT C 1 1",
                        "Z 90 SELECT Z 0 0");
    }

    @Scenario
    @Tag("C-70")
    void theFirstIsIgnored(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(true, true) end "
                + "function read_query_result(inj) if inj.id == 1 then return proxy.PROXY_IGNORE_RESULT end end");
        RawClient client = stage.login();

        assertThat(client.query("x")).isEqualTo(rows("2"));
        assertThat(client.query("x")).isEqualTo(rows("2"));
    }

    @Scenario
    @Tag("C-71")
    void aStreamedResultCannotBeChanged(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(false) end function read_query_result(inj) "
                + "proxy.n = (proxy.n or 0) + 1 proxy.response = { type = 0 } return proxy.n == 1 and 2 or 4 end");
        RawClient client = stage.login();

        assertThat(client.query("x")).isEqualTo(rows("1"));
        assertThat(client.query("x")).isEqualTo(rows("1"));
        assertThat(stage.log().errors()).hasSize(2);
    }

    @Scenario
    @Tag("C-72")
    void twoStreamedResults(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(false, false) end "
                + "function disconnect_client() say('left') end");
        RawClient client = stage.login();

        assertThat(client.query("x")).isEqualTo(rows("1"));
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.said(1)).containsExactly("left");
        assertThat(stage.server().statements()).containsExactly("SELECT 1");
        assertThat(stage.log().errors())
                .singleElement()
                .asString()
                .endsWith("can only have one injected query without { resultset_is_needed = true } set. "
                        + "We close the client connection now.");
    }

    @Scenario
    @Tag("C-73")
    void aStreamedResultAfterAnIgnoredOne(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(true, false) end "
                + "function read_query_result(inj) if inj.id == 1 then return 4 end end");

        assertThat(stage.login().query("x")).isEqualTo(rows("2"));
    }

    @Scenario
    @Tag("C-74")
    void aHeldResultAfterAStreamedOne(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(false, true) end "
                + "function read_query_result(inj) say(inj.id) end");
        RawClient client = stage.login();

        assertThat(client.query("x")).isEqualTo(rows("1"));
        assertThat(client.query("x")).isEqualTo(rows("1"));
        assertThat(stage.said(4)).containsExactly("1", "2", "1", "2");
        Awaitility.await().until(() -> stage.log().errors().size() == 2);
        assertThat(stage.log().errors()).containsOnly(ALREADY_SENT + "1 resultset(s). injection-id: 2");
    }

    @Scenario
    @Tag("C-75")
    void theQueueGoesOnAfterAnAnswer(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(true, true, true) end "
                + "function read_query_result(inj) proxy.response = { type = 0, insert_id = inj.id } "
                + "return inj.id == 1 and 2 or 4 end");
        RawClient client = stage.login();

        assertThat(client.ask("\3x")).isEqualTo(new Payload(1, "\0\0\1\2\0\0\0"));
        assertThat(client.ask("\3x")).isEqualTo(new Payload(1, "\0\0\1\2\0\0\0"));
        Awaitility.await().until(() -> stage.server().statements().size() == 6);
        assertThat(stage.log().errors()).isEmpty();
    }

    @Scenario
    @Tag("C-76")
    void resetEndsIt(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(true, true, true) end "
                + "function read_query_result(inj) proxy.queries:reset() say(#proxy.queries) end");
        RawClient client = stage.login();

        assertThat(client.query("x")).isEqualTo(rows("1"));
        assertThat(stage.server().statements()).containsExactly("SELECT 1");
        assertThat(stage.said()).containsExactly("0");
    }

    @Scenario
    @Tag("C-77")
    void anErrorDeliversTheResult(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(true, true) end function read_query_result(inj) "
                + "proxy.response = { type = 0 } if inj.id == 1 then error('no') end return 4 end");

        assertThat(stage.login().query("x")).isEqualTo(rows("1"));
        Awaitility.await().until(() -> stage.server().statements().equals(List.of("SELECT 1", "SELECT 2")));
        assertThat(stage.log().errors()).singleElement().asString().endsWith(":7: no");
    }

    @Scenario
    @Tag("C-79")
    @Tag("D-06")
    void onlyOneAnswer(Stage stage) {
        stage.play(QUEUES + "function read_query() return queue(true, true) end "
                + "function read_query_result(inj) proxy.response = { type = 0, insert_id = inj.id } return 2 end");
        RawClient client = stage.login();

        assertThat(client.ask("\3x")).isEqualTo(new Payload(1, "\0\0\1\2\0\0\0"));
        assertThat(client.ask("\3x")).isEqualTo(new Payload(1, "\0\0\1\2\0\0\0"));
        Awaitility.await().until(() -> stage.log().errors().size() == 2);
        assertThat(stage.log().errors()).containsOnly(ALREADY_SENT + "1 resultset(s). injection-id: 2");
    }

    @Scenario
    @Tag("C-80")
    @Tag("J-43")
    void answerNowAndGoOnBehind(Stage stage) {
        stage.play(QUEUES + "function read_query(p) queue(true, true) proxy.response = { type = 0 } return 2 end "
                + "function read_query_result(inj) say(inj.id) if inj.id == 1 then return 4 end end");
        RawClient client = stage.login();

        assertThat(client.ask("\3x")).isEqualTo(new Payload(1, FakeServer.OK));
        assertThat(client.ask("\3x")).isEqualTo(new Payload(1, FakeServer.OK));
        assertThat(stage.said(4)).containsExactly("1", "2", "1", "2");
        assertThat(stage.server().statements()).hasSize(4);
    }

    @Scenario
    @Tag("C-81")
    void theServerIsReleasedInTheMiddle(Stage stage) {
        stage.play(QUEUES + "function read_query(p) return queue(true, true) end "
                + "function read_query_result(inj) proxy.connection.backend_ndx = 0 say(inj.id, proxy.connection.server, "
                + "proxy.global.backends[1].pool.users.joe.cur_idle_connections) end");
        RawClient client = stage.login();

        assertThat(client.query("x")).isEqualTo(rows("1"));
        assertThat(stage.said()).containsExactly("1 nil 1");
        assertThat(stage.server().statements()).containsExactly("SELECT 1");
    }

    @Scenario
    @Tag("D-15")
    @Tag("J-37")
    void nothingIsLeftForTheClient(Stage stage) {
        stage.play(QUEUES + "function read_query(p) return queue(true, true) end "
                + "function read_query_result(inj) return inj.id == 1 and 4 or 1 end");
        RawClient client = stage.login();

        Payload error = new Payload(1, Payload.error(1105, "07000", "(proxy) no result was sent for this command"));
        assertThat(client.ask("\3x")).isEqualTo(error);
        assertThat(client.ask("\3x")).isEqualTo(error);
    }

    @Scenario
    @Tag("C-98")
    void aLocalFile(Stage stage) {
        stage.server().answer("\3LOAD", "\373file").answer("1,2\n").answer("", "\0\1\0\2\0\0\0");
        stage.play("function read_query(p) if p == '\\3LOAD' then proxy.queries:append(1, p, "
                + "{ resultset_is_needed = true }) return 1 end end function read_query_result(inj) local r = inj.resultset "
                + "say(r.query_status, r.affected_rows, r.raw) end");
        RawClient client = stage.login();

        assertThat(client.ask("\3LOAD")).isEqualTo(new Payload(1, "\373file"));
        client.send(2, "1,2\n", "");
        assertThat(client.read()).isEqualTo(new Payload(4, "\0\1\0\2\0\0\0"));

        assertThat(client.query("SELECT 1")).isEqualTo(rows("1"));
        assertThat(stage.said()).containsExactly("nil 0 \u00fbfile");
        assertThat(stage.server().received().subList(1, 4))
                .extracting(FakeServer.Received::packet)
                .containsExactly(new Payload(0, "\3LOAD"), new Payload(2, "1,2\n"), new Payload(3, ""));
    }
}
