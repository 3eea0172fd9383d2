package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** What read_query decides (lua-api.md 9.3). */
class QueryIT {
    private static final String LOOKS_AT_RESULTS = "function read_query_result(inj) say('result', inj.id) end ";

    @Scenario
    @Tag("C-40")
    void nothingReturned(Stage stage) {
        stage.play("function read_query(packet) say(#packet, packet:byte()) end " + LOOKS_AT_RESULTS);
        RawClient client = stage.login();

        assertThat(client.query("SELECT a\0b\377"))
                .extracting(Payload::text)
                .containsExactly(FakeServer.rows("a\0b\377"));

        assertThat(stage.server().received().get(1).packet()).isEqualTo(new Payload(0, "\3SELECT a\0b\377"));
        assertThat(stage.said()).containsExactly("12 3");
    }

    @Scenario
    @Tag("C-41")
    void numbersInTextsAndFractionsCount(Stage stage) {
        stage.play(
                "local answers = { '2', 2.9, '2.5', ' 2 ', '0x2' } function read_query() proxy.n = (proxy.n or 0) + 1 "
                        + "proxy.response = { type = '0', insert_id = proxy.n } return answers[proxy.n], 'more' end");
        RawClient client = stage.login();

        for (int i = 1; i <= 5; i++) {
            assertThat(client.ask("\3SELECT 1")).isEqualTo(new Payload(1, "\0\0" + (char) i + "\2\0\0\0"));
        }
    }

    @Scenario
    @Tag("C-42")
    void anythingElseIsNoDecision(Stage stage) {
        stage.play(
                "local answers = { true, {}, 'two', print, 0, 0.5, -0.5 } function read_query() proxy.n = (proxy.n or 0) + 1 "
                        + "proxy.response = { type = 0 } return answers[proxy.n] end");
        RawClient client = stage.login();

        for (int i = 1; i <= 7; i++) {
            assertThat(client.cells("SELECT 1")).containsExactly("1");
        }
        assertThat(stage.log().errors()).isEmpty();
    }

    @Scenario
    @Tag("C-43")
    void anEmptyQueueIsToBeSent(Stage stage) {
        stage.play("function read_query() return proxy.PROXY_SEND_QUERY end " + LOOKS_AT_RESULTS);

        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        assertThat(stage.log().errors()).hasSize(1);
        assertThat(stage.said()).isEmpty();
    }

    @Scenario
    @Tag("C-44")
    void aQueueThatIsNotSentIsDropped(Stage stage) {
        stage.play("function read_query(packet) say(#proxy.queries) proxy.queries:append(1, '\\3SELECT 9') end "
                + LOOKS_AT_RESULTS + "function disconnect_client() say(#proxy.queries) end");
        RawClient client = stage.login();

        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(client.cells("SELECT 2")).containsExactly("2");
        client.close();

        assertThat(stage.said(3)).containsExactly("0", "0", "0");
        assertThat(stage.server().statements()).containsExactly("SELECT 1", "SELECT 2");
        assertThat(stage.log().errors()).hasSize(2);
    }

    @Scenario
    @Tag("C-45")
    @Tag("J-25")
    void numbersWithoutAMeaning(Stage stage) {
        stage.play("local answers = { proxy.PROXY_IGNORE_RESULT, 99, 3, -1, 1e300 } function read_query() "
                + "proxy.n = (proxy.n or 0) + 1 return answers[proxy.n] end");
        RawClient client = stage.login();

        for (int i = 1; i <= 5; i++) {
            assertThat(client.cells("SELECT 1")).containsExactly("1");
            assertThat(stage.log().errors()).hasSize(i);
        }
    }

    @Scenario
    @Tag("C-45")
    void threeWithAQueueSendsIt(Stage stage) {
        stage.play("function read_query() proxy.queries:append(1, '\\3SELECT 9') return 3 end " + LOOKS_AT_RESULTS);

        assertThat(stage.login().cells("SELECT 1")).containsExactly("9");
        assertThat(stage.said()).containsExactly("result 1");
    }

    @Scenario
    @Tag("C-46")
    void aReleasedServerIsMissing(Stage stage) {
        stage.play("function read_query() proxy.connection.backend_ndx = 0 say(proxy.connection.server) end");
        RawClient client = stage.login();
        client.send(0, "\3SELECT 1");

        assertThat(client.isClosed()).isTrue();
        assertThat(stage.said()).containsExactly("nil");
        assertThat(stage.server().statements()).isEmpty();
    }

    @Scenario
    @Tag("C-47")
    void aReleasedServerIsNotNeededForAnAnswer(Stage stage) {
        stage.play("function read_query() proxy.connection.backend_ndx = 0 proxy.response = { type = 0 } return 2 end");
        RawClient client = stage.login();

        assertThat(client.ask("\3SELECT 1")).isEqualTo(new Payload(1, FakeServer.OK));
        assertThat(client.ask("\16")).isEqualTo(new Payload(1, FakeServer.OK));
    }

    @Scenario
    @Tag("C-55")
    @Tag("J-06")
    void theResponseIsEmptyAgain(Stage stage) {
        stage.play("function read_query() proxy.n = (proxy.n or 0) + 1 say(next(proxy.response)) "
                + "if proxy.n == 1 then proxy.response.type = 0 end return 2 end");
        RawClient client = stage.login();

        assertThat(client.ask("\3SELECT 1").text()).isEqualTo(FakeServer.OK);
        assertThat(client.ask("\3SELECT 1").text())
                .isEqualTo(Payload.error(1105, "07000", "(lua) handling proxy.response failed, check error-log"));
        assertThat(stage.said()).containsExactly("nil", "nil");
    }

    @Scenario
    @Tag("C-56")
    void theResponseIsKeptForTheResult(Stage stage) {
        stage.play("function read_query(p) proxy.response = { type = 0, insert_id = 5 } "
                + "proxy.queries:append(1, p, { resultset_is_needed = true }) return 1 end "
                + "function read_query_result() return 2 end");

        assertThat(stage.login().ask("\3SELECT 1")).isEqualTo(new Payload(1, "\0\0\5\2\0\0\0"));
    }

    @Scenario
    @Tag("C-67")
    void everyCommandIsShown(Stage stage) {
        stage.script("function read_query(packet) say(packet:byte(), #packet) end")
                .start(proxy -> proxy.backend(stage.server().address()).profiling(false));
        stage.server().answer("\3", Payload.error(1065, "42000", "empty"));
        RawClient client = stage.login();

        assertThat(client.ask("\16").text()).isEqualTo(FakeServer.OK);
        client.send(0, "\31\1\0\0\0");
        assertThat(client.ask("\3LOAD x").text()).isEqualTo(FakeServer.OK);
        assertThat(client.ask("\3").first()).isEqualTo(0xFF);
        client.send(0, "\1");

        assertThat(client.isClosed()).isTrue();
        assertThat(stage.said()).containsExactly("14 1", "25 5", "3 7", "3 1", "1 1");
        assertThat(stage.server().commands()).containsExactly("\16", "\31\1\0\0\0", "\3LOAD x", "\3");
    }

    @Scenario
    @Tag("C-67")
    @Tag("J-16")
    void withoutProfilingThereAreNoTimes(Stage stage) {
        stage.script("function read_query(p) proxy.queries:append(1, p) return 1 end "
                        + "function read_query_result(inj) say(inj.query_time, inj.response_time) end")
                .start(proxy -> proxy.backend(stage.server().address()).profiling(false));

        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("0 0");
    }

    @Scenario
    @Tag("C-68")
    void theConnectionIsClosedAfterTheAnswer(Stage stage) {
        stage.play("function read_query(packet) proxy.connection.connection_close = true "
                + "if packet:sub(2) == 'own' then proxy.response = { type = 0 } return 2 end end");
        RawClient one = stage.login();
        assertThat(one.ask("\3own").text()).isEqualTo(FakeServer.OK);
        assertThat(one.isClosed()).isTrue();

        RawClient two = stage.login();
        assertThat(two.cells("SELECT 1")).containsExactly("1");
        assertThat(two.isClosed()).isTrue();
    }

    @Scenario
    @Tag("C-100")
    void aServerThatDiesTakesTheClientWithIt(Stage stage) {
        stage.play("function read_query(p) if p:find('held') then proxy.queries:append(1, '\\3DIE', "
                + "{ resultset_is_needed = true }) return 1 end end " + LOOKS_AT_RESULTS
                + "function disconnect_client() say('left') end");
        RawClient plain = stage.login();
        assertThat(plain.query("DIE"))
                .extracting(Payload::first)
                .doesNotContain(0xFF)
                .hasSize(2);

        RawClient held = stage.login();
        held.send(0, "\3held");
        assertThat(held.isClosed()).isTrue();

        assertThat(stage.said(2)).containsExactly("left", "left");
    }

    @Scenario
    @Tag("D-01")
    void whatWasQueuedBeforeAnErrorIsDropped(Stage stage) {
        stage.play("function read_query(p) proxy.queries:append(1, '\\3SELECT 9') error('no') end " + LOOKS_AT_RESULTS
                + "function disconnect_client() say(#proxy.queries) end");
        RawClient client = stage.login();

        assertThat(client.cells("SELECT 1")).containsExactly("1");
        client.close();

        Awaitility.await().until(() -> stage.said().equals(java.util.List.of("0")));
    }
}
