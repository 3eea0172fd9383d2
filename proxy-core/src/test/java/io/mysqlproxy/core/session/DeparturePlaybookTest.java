package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a script has queued is done also when the client does not wait for it (J-43). */
@Tag("J-43")
@Tag("W-39")
class DeparturePlaybookTest extends Playbook {
    @BeforeEach
    void login() {
        loggedIn();
    }

    private void answersAndQueues() {
        hooks.readQuery = packet -> {
            if (packet.array()[packet.offset()] != 3) {
                return Decision.PROCEED;
            }
            append(1, "03 'INSERT 1'", true);
            append(2, "03 'INSERT 2'", true);
            return okay();
        };
        hooks.readQueryResult = injection -> Decision.DROP;
    }

    @Test
    void theQueueRunsToItsEndAfterTheClientHasLeft() {
        answersAndQueues();
        client.sends("0: 03 'x'");
        server.expect("0: 03 'INSERT 1'");
        client.leaves();
        server.sends(Dialogue.OK);
        server.expect("0: 03 'INSERT 2'");
        assertThat(hooks.ends()).isZero();
        server.sends(Dialogue.OK);
        server.expectClosed();
        assertThat(hooks.ends()).isEqualTo(1);
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void quitBehindTheCommandIsHeardAfterTheQueue() {
        answersAndQueues();
        client.sends("0: 03 'x'\n0: 01");
        client.leaves();
        server.expect("0: 03 'INSERT 1'");
        server.sends(Dialogue.OK);
        server.expect("0: 03 'INSERT 2'");
        server.sends(Dialogue.OK);
        server.expect("0: 01");
        server.expectClosed();
        assertThat(hooks.calls).filteredOn(c -> c.startsWith("read_query ")).hasSize(2);
    }

    @Test
    void aQueueInPlaceOfTheCommandRunsOnToo() {
        answersAndQueues();
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT 1'", true);
            append(2, "03 'INSERT 2'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> injection.id() == 1 ? Decision.PROCEED : Decision.DROP;
        client.sends("0: 03 'x'");
        server.expect("0: 03 'SELECT 1'");
        server.sends(Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        server.expect("0: 03 'INSERT 2'");
        client.leaves();
        assertThat(hooks.ends()).isZero();
        server.sends(Dialogue.OK);
        server.expectClosed();
    }

    @Test
    void whatTheClientAsksForMeanwhileIsNotWaitedFor() {
        hooks.readQuery = packet -> {
            append(1, "03 'LOAD DATA LOCAL'", true);
            return okay();
        };
        client.sends("0: 03 'x'");
        server.expect("0: 03 'LOAD DATA LOCAL'");
        client.leaves();
        server.sends("1: fb '/etc/passwd'");
        server.expect("2:"); // no file
        server.sends("3: 00 00 00 02 00 00 00");
        server.expectClosed();
    }

    @Test
    void aServerThatLeavesEndsIt() {
        answersAndQueues();
        client.sends("0: 03 'x'");
        client.leaves();
        server.leaves();
        assertThat(hooks.ends()).isEqualTo(1);
    }

    @Test
    void itCanBeEndedFromOutside() {
        answersAndQueues();
        client.sends("0: 03 'x'");
        server.expect("0: 03 'INSERT 1'");
        client.leaves();
        session.finish();
        assertThat(hooks.ends()).isZero();
        session.end(CloseReason.TIMEOUT);
        server.expectClosed();
        assertThat(hooks.ends()).isEqualTo(1);
    }
}
