package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Injections and what becomes of their answers: lua-api.md 2.6, 4. */
class QueuePlaybookTest extends QueuedPlaybook {
    private static final String ROWS = """
            1: 01
            2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
            3: fe 00 00 02 00
            4: 01 '2'
            5: 01 '3'
            6: fe 00 00 02 00""";
    private static final String IGNORING =
            "got asked to send a resultset, but ignoring it as we already have sent 1 resultset(s). injection-id: ";

    private final List<Integer> waiting = new ArrayList<>();

    @Test
    @Tag("C-69")
    void theOrderOfAppendedAndPrependedOnes() {
        results(injection -> {
            waiting.add(session.queue().size());
            if (injection.id() == 1) {
                prepend(10, "03 'P'", true);
                append(11, "03 'Z'", true);
            }
            return injection.id() == 1 ? Decision.PROCEED : Decision.DROP;
        });
        queue("A*", "B*", "C*");
        for (String query : new String[] {"A", "P", "B", "C", "Z"}) {
            answered(query, Dialogue.OK);
        }
        client.expect(Dialogue.OK);
        assertThat(waiting).containsExactly(2, 3, 2, 1, 0);
        usable();
    }

    @Test
    @Tag("C-70")
    void anIgnoredResultLeavesNoGapInTheNumbering() {
        results(injection -> injection.id() == 1 ? Decision.DROP : Decision.PROCEED);
        queue("A*", "B*");
        answered("A", ROWS);
        client.expectNothing();
        answered("B", Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        usable();
    }

    @Test
    void aStreamedResultPassesWhileItComesIn() {
        results(injection -> Decision.PROCEED);
        queue("A");
        server.expect("0: 03 'A'");
        server.sends("1: 01");
        client.expect("1: 01");
        server.sends(ROWS.substring(ROWS.indexOf("2:")));
        client.expect(ROWS.substring(ROWS.indexOf("2:")));
        assertThat(hooks.calls).endsWith("read_query_result 1");
        usable();
    }

    @Test
    @Tag("C-72")
    void twoStreamedResultsEndTheConnection() {
        results(injection -> Decision.PROCEED);
        queue("A", "B");
        answered("A", Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        client.expectClosed();
        server.expectClosed();
        assertThat(log.errors()).singleElement().asString().contains("resultset_is_needed = true");
    }

    @Test
    @Tag("C-73")
    void aStreamedResultMayFollowAnIgnoredOne() {
        results(injection -> injection.buffered() ? Decision.DROP : Decision.PROCEED);
        queue("A*", "B");
        answered("A", ROWS);
        client.expectNothing();
        answered("B", Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        usable();
    }

    @Test
    @Tag("C-74")
    void aHeldResultBehindAStreamedOneIsDropped() {
        results(injection -> Decision.PROCEED);
        queue("A", "B*");
        answered("A", Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        answered("B", ROWS);
        client.expectNothing();
        assertThat(log.errors()).containsExactly(IGNORING + 2);
        usable();
    }

    @Test
    @Tag("C-75")
    void anAnswerInAnEarlyCallbackEndsNothing() {
        results(injection -> injection.id() == 1 ? okay() : Decision.DROP);
        queue("A*", "B*", "C*");
        answered("A", ROWS);
        client.expect(Dialogue.OK);
        answered("B", ROWS);
        answered("C", ROWS);
        client.expectNothing();
        assertThat(log.errors()).isEmpty();
        usable();
    }

    @Test
    @Tag("C-76")
    void aResetQueueEndsTheCommand() {
        results(injection -> {
            session.queue().reset();
            return Decision.PROCEED;
        });
        queue("A*", "B*", "C*");
        answered("A", Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        server.expectNothing();
        usable();
    }

    @Test
    @Tag("C-78")
    void withoutACallbackAHeldResultIsDelivered() {
        queue("A*");
        server.expect("0: 03 'A'");
        server.sends(Dialogue.ONE_ROW.substring(0, Dialogue.ONE_ROW.indexOf("5:")));
        client.expectNothing();
        server.sends("5: fe 00 00 02 00");
        client.expect(Dialogue.ONE_ROW);
        usable();
    }

    @Test
    @Tag("C-79")
    void theFirstAnswerOfACommandIsTheOnlyOne() {
        results(injection -> injection.id() == 1 ? okay() : raw("00 01 00 02 00 00 00"));
        queue("A*", "B*");
        answered("A", ROWS);
        answered("B", ROWS);
        client.expect(Dialogue.OK);
        assertThat(log.errors()).containsExactly(IGNORING + 2);
        usable();
    }

    @Test
    void anAnswerReplacesWhatTheServerSaid() {
        results(injection -> raw("00 05 00 02 00 00 00"));
        queue("A*");
        answered("A", ROWS);
        client.expect("1: 00 05 00 02 00 00 00");
        usable();
    }

    @Test
    void theClientMayBeClosedAfterAResult() {
        results(injection -> {
            session.closeRequested(true);
            return Decision.PROCEED;
        });
        queue("A*", "B*");
        answered("A", Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        client.expectClosed();
        server.expectClosed();
    }
}
