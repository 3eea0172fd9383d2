package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.TextRow;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script can answer to a command: lua-api.md 2.5, 5. */
class QueryHookPlaybookTest extends Playbook {
    private static final String NO_RESULT = "1: ff 51 04 '#07000(proxy) no result was sent for this command'";

    @Test
    @Tag("C-40")
    void aCommandThatPassesIsUnchangedAndHasNoCallback() {
        hooks.readQuery = packet -> Decision.PROCEED;
        hooks.readQueryResult = injection -> Decision.DROP;
        loggedIn();
        passes("0: 03 'SELECT 1 AS x'", Dialogue.ONE_ROW);
        assertThat(hooks.calls)
                .filteredOn(c -> c.startsWith("read_query"))
                .containsExactly("read_query 3 SELECT 1 AS x");
        ping();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0e", "19 01 00 00 00", "18 01 00 00 00 00 00 'x'", "03", "03 'LOAD x'", "55"})
    @Tag("J-16")
    void everyCommandIsShown(String command) {
        hooks.readQuery = packet -> {
            assertThat(packet).isEqualTo(bytes(command));
            return okay();
        };
        loggedIn();
        client.sends("0: " + command);
        client.expect(Dialogue.OK);
        server.expectNothing();
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void quitIsShownAndPasses() {
        hooks.readQuery = packet -> Decision.PROCEED;
        loggedIn();
        client.sends("0: 01");
        server.expect("0: 01");
        server.expectClosed();
        assertThat(hooks.calls).endsWith("read_query 1 ", "disconnect_client");
    }

    @Test
    void commandsWithoutAnswersPassOneAfterTheOther() {
        hooks.readQuery = packet -> Decision.PROCEED;
        loggedIn();
        client.sends("0: 19 01 00 00 00\n0: 19 02 00 00 00\n0: 0e");
        server.expect("0: 19 01 00 00 00\n0: 19 02 00 00 00\n0: 0e");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }

    private static Answer result() {
        ColumnDefinition f = ColumnDefinition.of(ByteString.of("f"), 254);
        TextRow nothing = new TextRow(Arrays.asList((ByteString) null));
        return new Answer.Result(List.of(f), List.of(new TextRow(List.of(ByteString.of("x"))), nothing), 2, 0);
    }

    @Test
    @Tag("J-43")
    @Tag("C-80")
    void theQueueRunsBehindAnAnswerAndNothingOfItReachesTheClient() {
        hooks.readQuery = packet -> {
            append(1, "03 'INSERT INTO log'", true);
            append(2, "03 'SELECT 1 AS x'", true);
            return okay();
        };
        hooks.readQueryResult = injection -> injection.id() == 1 ? Decision.PROCEED : okay();
        loggedIn();
        client.sends("0: 03 'go'\n0: 0e"); // the next command is there already
        client.expect(Dialogue.OK);
        server.expect("0: 03 'INSERT INTO log'");
        server.sends(Dialogue.OK);
        server.expect("0: 03 'SELECT 1 AS x'");
        hooks.readQuery = packet -> Decision.PROCEED;
        server.sends(Dialogue.ONE_ROW);
        client.expectNothing();
        server.expect("0: 0e");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        assertThat(log.errors())
                .containsExactly(
                        "got asked to send a resultset, but ignoring it as we already have sent 1 resultset(s). injection-id: 1",
                        "got asked to send a resultset, but ignoring it as we already have sent 1 resultset(s). injection-id: 2");
    }

    @Test
    @Tag("C-80")
    void aDroppedResultBehindAnAnswerIsNoError() {
        hooks.readQuery = packet -> {
            append(1, "03 'INSERT INTO log'", true);
            return okay();
        };
        hooks.readQueryResult = injection -> Decision.DROP;
        loggedIn();
        client.sends("0: 03 'go'");
        client.expect(Dialogue.OK);
        server.expect("0: 03 'INSERT INTO log'");
        server.sends(Dialogue.OK);
        client.expectNothing();
        assertThat(log.errors()).isEmpty();
    }

    @Test
    @Tag("J-37")
    void aCommandWhoseResultsAreAllDroppedIsAnsweredNevertheless() {
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT 1'", true);
            append(2, "03 'SELECT 2'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> Decision.DROP;
        loggedIn();
        client.sends("0: 03 'go'");
        server.expect("0: 03 'SELECT 1'");
        server.sends(Dialogue.ONE_ROW);
        client.expectNothing();
        server.expect("0: 03 'SELECT 2'");
        server.sends(Dialogue.ONE_ROW);
        client.expect(NO_RESULT);
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aCommandWithoutAnAnswerStaysWithoutOne() {
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT 1'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> Decision.DROP;
        loggedIn();
        client.sends("0: 19 01 00 00 00");
        server.expect("0: 03 'SELECT 1'");
        server.sends(Dialogue.OK);
        client.expectNothing();
        hooks.readQuery = null;
        ping();
    }

    @Test
    @Tag("C-68")
    void theConnectionClosesAfterAnAnswerIfTheScriptWantsIt() {
        hooks.readQuery = packet -> {
            session.closeRequested(true);
            append(1, "03 'never sent'", true);
            return okay();
        };
        loggedIn();
        client.sends("0: 03 'go'");
        client.expect(Dialogue.OK);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    @Tag("C-68")
    void theConnectionClosesAfterTheServersAnswerIfTheScriptWantsIt() {
        hooks.readQuery = packet -> {
            session.closeRequested(true);
            return Decision.PROCEED;
        };
        loggedIn();
        passes("0: 03 'SELECT 1 AS x'", Dialogue.ONE_ROW);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void theWishToCloseCanBeTakenBack() {
        hooks.readQuery = packet -> {
            session.closeRequested(true);
            session.closeRequested(false);
            return okay();
        };
        loggedIn();
        client.sends("0: 03 'go'");
        client.expect(Dialogue.OK);
        client.expectNothing();
    }

    @Test
    void aHookThatBreaksEndsTheSession() {
        hooks.readQuery = packet -> {
            throw new IllegalStateException("a fault of the proxy");
        };
        loggedIn();
        client.sends("0: 03 'go'");
        client.expectClosed();
        server.expectClosed();
        assertThat(log.errors()).hasSize(1);
    }

    @Test
    void aCommandIsAByteStringOfItsOwn() {
        Bytes[] kept = new Bytes[1];
        hooks.readQuery = packet -> {
            kept[0] = kept[0] == null ? packet : kept[0];
            return okay();
        };
        loggedIn();
        client.sends("0: 03 'first'");
        client.sends("0: 03 'later'");
        assertThat(kept[0]).isEqualTo(bytes("03 'first'"));
        client.peer().taken();
    }
}
