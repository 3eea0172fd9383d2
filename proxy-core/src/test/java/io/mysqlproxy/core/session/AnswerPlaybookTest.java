package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.TextRow;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a script can send in place of the server, as bytes: lua-api.md 2.9, 5. */
class AnswerPlaybookTest extends Playbook {
    private static Answer result() {
        ColumnDefinition f = ColumnDefinition.of(ByteString.of("f"), 254);
        TextRow nothing = new TextRow(Arrays.asList((ByteString) null));
        return new Answer.Result(List.of(f), List.of(new TextRow(List.of(ByteString.of("x"))), nothing), 2, 0);
    }

    @Test
    void anOkay() {
        hooks.readQuery = packet -> reply(new Answer.Okay(12, 70000, 0));
        loggedIn();
        client.sends("0: 03 'INSERT'");
        client.expect("1: 00 0c fd 70 11 01 02 00 00 00");
        server.expectNothing();
    }

    @Test
    void anOkayForAClientWithTheTracker() {
        hooks.readQuery = packet -> reply(new Answer.Okay(1, 0, 3));
        loggedIn(Dialogue.LOGIN_TRACKED);
        client.sends("0: 03 'INSERT'");
        client.expect("1: 00 01 00 02 00 03 00 00"); // with an empty info, W-28
    }

    @Test
    void anErrorOfTheProxyItself() {
        hooks.readQuery = packet -> reply(Answer.error("no"));
        loggedIn();
        client.sends("0: 03 'INSERT'");
        client.expect("1: ff 51 04 '#07000no'");
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aResult() {
        hooks.readQuery = packet -> reply(result());
        loggedIn();
        client.sends("0: 03 'SELECT f'");
        client.expect("""
                1: 01
                2: 03 64 65 66 00 00 00 01 66 00 0c 08 00 20 00 00 00 fe 02 00 00 00 00
                3: fe 00 00 02 00
                4: 01 'x'
                5: fb
                6: fe 00 00 02 00""");
    }

    @Test
    void aResultForAClientWithoutEofPackets() {
        hooks.readQuery = packet -> reply(result());
        loggedIn(Dialogue.LOGIN_TRACKED);
        client.sends("0: 03 'SELECT f'");
        client.expect("""
                1: 01
                2: 03 64 65 66 00 00 00 01 66 00 0c 08 00 20 00 00 00 fe 02 00 00 00 00
                3: 01 'x'
                4: fb
                5: fe 00 00 02 00 00 00 00""");
    }

    @Test
    void rawPackets() {
        hooks.readQuery = packet -> raw("'12'", "00 00 00 02 00 00 00", "");
        loggedIn();
        client.sends("4: 03 'SELECT f'");
        client.expect("5: '12'\n6: 00 00 00 02 00 00 00\n7:");
    }
}
