package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.script.ScriptScope;
import org.awaitility.Awaitility;

/** Results that are held for a script have a limit. */
class LongResultIT {
    private static final String SCRIPT = """
            function read_query(packet)
                if packet:find("answered") then proxy.response = { type = 0 } end
                proxy.queries:append(7, packet, { resultset_is_needed = true })
                proxy.queries:append(8, "\\3SELECT later", { resultset_is_needed = true })
                return packet:find("answered") and 2 or 1
            end
            function read_query_result(inj) say(inj.id, inj.resultset.row_count) if inj.id == 8 then return 4 end end
            """;

    private static final Payload TOO_LONG = new Payload(
            1,
            Payload.error(
                    1105,
                    "07000",
                    "(proxy) the result of injection 7 is longer than 1000 bytes, see --proxy-max-buffered-result"));

    private static Stage limited(Stage stage) {
        stage.script(SCRIPT)
                .start(proxy -> proxy.backend(stage.server().address()).maxBufferedResult(1000));
        return stage;
    }

    @Scenario
    void aLongRow(Stage stage) {
        RawClient client = limited(stage).login();

        assertThat(client.query("SELECT " + "x".repeat(240))).hasSize(5);
        stage.server()
                .answer("\3long", FakeServer.rows("x".repeat(240), "x".repeat(240), "x".repeat(240), "x".repeat(240)));
        assertThat(client.query("long")).containsExactly(TOO_LONG);
        assertThat(client.query("SELECT 1")).hasSize(5);

        assertThat(stage.server().statements())
                .containsSubsequence("long", "SELECT 1")
                .doesNotContainSequence("long", "SELECT later");
        assertThat(stage.said(4)).containsExactly("7 1", "8 1", "7 1", "8 1");
        assertThat(stage.log().errors())
                .singleElement()
                .isEqualTo(
                        "(proxy) the result of injection 7 is longer than 1000 bytes, see --proxy-max-buffered-result");
    }

    @Scenario
    void theLastPacketIsTheOneTooMany(Stage stage) {
        stage.server().answer("\3error", "\377\1\2#HY000" + "x".repeat(1000));
        RawClient client = limited(stage).login();

        assertThat(client.query("error")).containsExactly(TOO_LONG);
        assertThat(client.query("SELECT 1")).hasSize(5);
    }

    @Scenario
    void anAnswerWasSentBefore(Stage stage) {
        stage.server()
                .answer(
                        "\3answered",
                        FakeServer.rows("x".repeat(240), "x".repeat(240), "x".repeat(240), "x".repeat(240)));
        RawClient client = limited(stage).login();

        assertThat(client.query("answered")).containsExactly(new Payload(1, FakeServer.OK));
        assertThat(client.query("SELECT 1")).hasSize(5);
        Awaitility.await().until(() -> stage.said().size() == 2);
    }

    @Scenario(ScriptScope.EXECUTION)
    void moreThanTheMemory(Stage stage) {
        stage.script(SCRIPT)
                .start(proxy ->
                        proxy.backend("127.0.0.1:" + Servers.mysql().port()).maxBufferedResult(1000));
        RawClient client = stage.connect();
        client.login(
                Servers.mysql().nativeAccount().user(),
                Servers.mysql().nativeAccount().password(),
                "test");

        String megabytes = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
                + " SELECT REPEAT('x', 5000) FROM n";
        assertThat(client.query(megabytes)).containsExactly(TOO_LONG);
        assertThat(client.query("SELECT 5").get(3).text()).isEqualTo("\0015");
    }
}
