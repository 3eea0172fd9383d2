package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Injections of all kinds, and sides that leave meanwhile: lua-api.md 2.6, 4.7. */
class InjectionPlaybookTest extends QueuedPlaybook {
    @Test
    void severalResultsOfOneInjectionAreOneAnswer() {
        String answer = """
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: fe 00 00 0a 00
                4: 01 '1'
                5: fe 00 00 0a 00
                6: 01
                7: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                8: fe 00 00 0a 00
                9: 01 '2'
                10: 01 '3'
                11: fe 00 00 0a 00
                12: 00 01 00 02 00 00 00""";
        results(injection -> {
            assertThat(injection.summary().rows()).isEqualTo(3);
            assertThat(injection.summary().affectedRows()).isEqualTo(1);
            return Decision.PROCEED;
        });
        queue("CALL p*");
        answered("CALL p", answer);
        client.expect(answer);
        assertThat(log.errors()).isEmpty();
        assertThat(hooks.calls).endsWith("read_query_result 1");
        usable();
    }

    @Test
    void timesAreCountedFromTheQueueing() {
        List<Long> times = new ArrayList<>();
        results(injection -> {
            times.add(injection.microsToFirstPacket());
            times.add(injection.microsToLastPacket());
            return injection.id() == 1 ? Decision.PROCEED : Decision.DROP;
        });
        queue("A*", "B*");
        nanos += 200_000;
        server.sends("1: 01");
        nanos += 300_000;
        server.expect("0: 03 'A'");
        server.sends(Dialogue.ONE_ROW.substring(Dialogue.ONE_ROW.indexOf("2:")));
        nanos += 1_000_000;
        answered("B", Dialogue.OK);
        client.expect(Dialogue.ONE_ROW);
        assertThat(times).containsExactly(200L, 500L, 1500L, 1500L);
    }

    @Test
    void otherCommandsCanBeInjectedToo() {
        results(injection -> Decision.DROP);
        hooks.readQuery = packet -> {
            append(1, "0e", true);
            append(2, "09", true);
            append(3, "16 'SELECT ?'", true);
            append(4, "", true);
            append(5, "03 'SELECT 1 AS x'", false);
            return Decision.SEND_QUERIES;
        };
        client.sends("0: 03 'go'");
        server.expect("0: 0e");
        server.sends(Dialogue.OK);
        server.expect("0: 09");
        server.sends("1: 'Uptime: 7'");
        server.expect("0: 16 'SELECT ?'");
        server.sends("1: 00 01 00 00 00 00 00 01 00 00 00 00\n2: %s\n3: fe 00 00 02 00".formatted(Dialogue.COLUMN));
        server.expect("0:");
        server.sends("1: ff 17 04 '#08S01Unknown command'");
        client.expectNothing();
        answered("SELECT 1 AS x", Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        assertThat(hooks.calls).endsWith("read_query_result 4", "read_query_result 5");
        usable();
    }

    @Test
    @Tag("C-95")
    void anInjectionWithoutAnAnswerHasNoCallback() {
        results(injection -> Decision.PROCEED);
        hooks.readQuery = packet -> {
            append(1, "19 01 00 00 00", true);
            append(2, "03 'dropped'", true);
            return Decision.SEND_QUERIES;
        };
        client.sends("0: 19 07 00 00 00");
        server.expect("0: 19 01 00 00 00");
        client.expectNothing();
        assertThat(hooks.calls).noneMatch(c -> c.startsWith("read_query_result"));
        usable();
    }

    @Test
    void theServerMayLeaveWhileAnAnswerIsHeld() {
        queue("A*");
        server.expect("0: 03 'A'");
        server.sends("1: 01");
        server.leaves();
        client.expectClosed();
    }

    @Test
    void theClientMayLeaveWhileAnAnswerIsHeld() {
        queue("A*", "B*");
        server.expect("0: 03 'A'");
        server.sends("1: 01");
        client.leaves();
        server.expectClosed();
        assertThat(session.queue().size()).isZero();
    }

    @Test
    void aBrokenAnswerEndsTheSession() {
        queue("A*");
        answered("A", "1: 01\n2: 00");
        client.expectClosed();
        server.expectClosed();
    }
}
