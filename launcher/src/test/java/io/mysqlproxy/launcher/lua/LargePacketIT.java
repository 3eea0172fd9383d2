package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.script.ScriptScope;
import org.junit.jupiter.api.Tag;

/** Where 16 MiB end (lua-api.md 4.10). */
class LargePacketIT {
    private static final int LONGEST = 0xFFFFFF;

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-64")
    void aLongCell(Stage stage) {
        stage.play("function read_query() proxy.response = { type = 0, resultset = { fields = { { name = 'f' } }, "
                + "rows = { { ('x'):rep(16777217) }, { 'y' } } } } return 2 end");
        RawClient client = stage.login();
        client.send(0, "\3x");
        for (int i = 1; i <= 3; i++) {
            assertThat(client.read().sequence()).isEqualTo(i);
        }

        Payload first = client.read();
        assertThat(first.sequence()).isEqualTo(4);
        assertThat(first.text()).hasSize(LONGEST).startsWith("\376\1\0\0\1\0\0\0\0x");
        assertThat(client.read()).isEqualTo(new Payload(5, "x".repeat(11)));
        assertThat(client.read()).isEqualTo(new Payload(6, "\1y"));
        assertThat(client.read()).isEqualTo(new Payload(7, FakeServer.EOF));
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-65")
    void aRawPacketOfTheLongestLength(Stage stage) {
        stage.play(
                "function read_query() proxy.response = { type = 250, packets = { ('x'):rep(16777215) } } return 2 end");
        RawClient client = stage.login();

        assertThat(client.ask("\3x").text()).hasSize(LONGEST);
        assertThat(client.read()).isEqualTo(new Payload(2, ""));
        assertThat(client.ask("\3x").sequence()).isEqualTo(1);
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-66")
    void aLongCommand(Stage stage) {
        stage.play("function read_query(packet) say(#packet, packet:byte(), packet:byte(-1)) "
                + "proxy.response = { type = 0 } return 2 end");
        RawClient client = stage.login();

        client.send(0, "\3" + "x".repeat(LONGEST - 1), "yyyyyz");
        assertThat(client.read()).isEqualTo(new Payload(2, FakeServer.OK));
        client.send(0, "\3" + "x".repeat(LONGEST - 1), "");
        assertThat(client.read()).isEqualTo(new Payload(2, FakeServer.OK));

        assertThat(stage.said()).containsExactly("16777221 3 122", "16777215 3 120");
    }

    @Scenario(ScriptScope.EXECUTION)
    void aLongCommandIsForwardedAsItCame(Stage stage) {
        stage.play("function read_query(packet) say(#packet) end");
        RawClient client = stage.login();

        client.send(0, "\3" + "x".repeat(LONGEST - 1), "SELECT y");

        assertThat(client.read()).isEqualTo(new Payload(2, FakeServer.OK));
        assertThat(stage.server().received().get(1).packet().text()).hasSize(LONGEST);
        assertThat(stage.server().received().get(2).packet()).isEqualTo(new Payload(1, "SELECT y"));
    }

    @Scenario(ScriptScope.EXECUTION)
    void aLongRowIsOneRow(Stage stage) {
        String row = "\376\1\0\0\1\0\0\0\0" + "x".repeat(LONGEST - 9);
        stage.server()
                .answer("\3long", "\1", FakeServer.column("f"), FakeServer.EOF, row, "x".repeat(11), FakeServer.EOF);
        stage.play(
                "function read_query(p) proxy.queries:append(1, p, { resultset_is_needed = true }) return 1 end "
                        + "function read_query_result(inj) for row in inj.resultset.rows do say(#row[1], inj.resultset.row_count) end end");
        RawClient client = stage.login();
        client.send(0, "\3long");
        for (int i = 1; i <= 3; i++) {
            client.read();
        }

        assertThat(client.read().text()).isEqualTo(row);
        assertThat(client.read()).isEqualTo(new Payload(5, "x".repeat(11)));
        assertThat(client.read()).isEqualTo(new Payload(6, FakeServer.EOF));
        assertThat(stage.said()).containsExactly("16777217 1");
    }
}
