package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.core.config.KillAccount;
import io.mysqlproxy.core.hook.Decision;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statements that run, and transactions that wait, for too long (protocol.md 9). */
@Tag("J-27")
class PatiencePlaybookTest extends Playbook {
    private static final String SLOW = "0: 03 'slow'";
    private static final String INTERRUPTED = "ff 25 05 '#70100Query execution was interrupted'";
    private static final String TOO_LONG =
            "ff d0 0b '#HY000Query execution was interrupted, maximum statement execution time exceeded'";
    private static final String IN_TRANSACTION = "1: 00 00 00 03 00 00 00";

    /** The connection of the account that kills, which the test plays by itself. */
    private final List<RecordingPeer> killers = new ArrayList<>();

    @BeforeEach
    void login() {
        protocol = protocol.with(protocol.policy().with(new KillAccount("killer", "")));
        allow(Allowance.UNLIMITED.with(Duration.ofMillis(1), Duration.ofMillis(1)));
        loggedIn();
    }

    private long look() {
        try {
            TimeUnit.MILLISECONDS.sleep(3);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return session.patience().look();
    }

    /** A statement is with the server for too long. */
    private void overdue() {
        client.sends(SLOW);
        server.expect(SLOW);
        look();
    }

    /** The account logs in, and sends its KILL. */
    private RecordingPeer killer() {
        Connector.Asker asker = connector.to(DB);
        assertThat(asker.forClient()).isFalse();
        RecordingPeer peer = new RecordingPeer(buffers.allocator(), new InetSocketAddress("10.0.0.1", 3306));
        killers.add(peer);
        peer.owner(asker);
        asker.connected(peer);
        says(peer, Dialogue.GREETING);
        assertThat(Frames.show(peer.taken())).contains("killer").contains("caching_sha2_password");
        says(peer, "2: 00 00 00 02 00 00 00");
        assertThat(Frames.show(peer.taken())).isEqualTo(shown("0: 03 'KILL QUERY 42'"));
        return peer;
    }

    private void says(RecordingPeer peer, String frames) {
        Connector.Asker asker = (Connector.Asker) peer.owner();
        asker.fromServer(peer, buffers.of(Frames.join(Frames.of(frames))));
        asker.received(peer);
    }

    private static String shown(String frames) {
        return Frames.show(Frames.join(Frames.of(frames)));
    }

    /** The KILL is answered, and the account leaves. */
    private void told(RecordingPeer killer, String answer) {
        says(killer, answer);
        assertThat(Frames.show(killer.taken())).isEqualTo(shown("0: 01"));
        assertThat(killer.closed()).isTrue();
    }

    @Test
    void anOverdueStatementIsKilledAndTheClientHearsOfTheLimit() {
        overdue();
        client.expectNothing();
        told(killer(), Dialogue.OK);
        server.sends("1: " + INTERRUPTED);
        client.expect("1: " + TOO_LONG);
        ping();
        look();
        assertThat(connector.attempts()).as("nothing runs").hasSize(2);
    }

    @Test
    void rowsThatWereSentStay() {
        client.sends(SLOW);
        server.expect(SLOW);
        String rows = "1: 01\n2: " + Dialogue.COLUMN + "\n3: fe 00 00 02 00\n4: 01 '1'";
        server.sends(rows);
        client.expect(rows);
        look();
        told(killer(), Dialogue.OK);
        server.sends("5: 01 '2'\n6: " + INTERRUPTED);
        client.expect("5: 01 '2'\n6: " + TOO_LONG);
        ping();
    }

    @Test
    void anAnswerOfAnotherKindIsTheServersOwn() {
        overdue();
        told(killer(), Dialogue.OK);
        server.sends(Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        passes("0: 03 'next'", "1: " + INTERRUPTED);
    }

    @Test
    void whatComesNextWaitsUntilTheKillCannotHitIt() {
        overdue();
        RecordingPeer killer = killer();
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        client.sends("0: 03 'next'");
        server.expectNothing();
        told(killer, Dialogue.OK);
        server.expect("0: 03 'next'");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }

    @Test
    void whatIsQueuedWaitsToo() {
        hooks.readQuery = packet -> {
            append(1, "03 'slow'", true);
            append(2, "03 'next'", false);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> injection.id() == 1 ? Decision.DROP : Decision.PROCEED;
        overdue();
        RecordingPeer killer = killer();
        server.sends("1: " + INTERRUPTED);
        server.expectNothing();
        told(killer, Dialogue.OK);
        server.expect("0: 03 'next'");
        look();
        told(killer(), Dialogue.OK);
        server.sends("1: " + INTERRUPTED);
        client.expect("1: " + TOO_LONG);
    }

    @Test
    void aScriptSeesWhatTheClientWouldHear() {
        List<Integer> codes = new ArrayList<>();
        hooks.readQuery = packet -> {
            append(1, "03 'slow'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> {
            byte[] error = injection.held().payloads().get(0).toByteArray();
            codes.add((error[1] & 0xFF) + ((error[2] & 0xFF) << 8));
            return Decision.PROCEED;
        };
        overdue();
        told(killer(), Dialogue.OK);
        server.sends("1: " + INTERRUPTED);
        client.expect("1: " + TOO_LONG);
        assertThat(codes).containsExactly(3024);
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aFileThatIsBeingSentIsSentToItsEnd() {
        client.sends("0: 03 'load'");
        server.expect("0: 03 'load'");
        server.sends("1: fb 'f'");
        client.expect("1: fb 'f'");
        client.sends("2: 'some'");
        server.expect("2: 'some'");
        look();
        told(killer(), Dialogue.OK);
        client.sends("3:");
        server.expect("3:");
        server.sends("4: " + INTERRUPTED);
        client.expect("4: " + TOO_LONG);
        ping();
    }

    @Test
    void anErrorThatIsNoneEndsTheSession() {
        overdue();
        told(killer(), Dialogue.OK);
        server.sends("1: ff 25");
        client.expectClosed();
    }

    @Test
    void anErrorThatIsNoneEndsTheSessionWhereAScriptWaitsForIt() {
        hooks.readQuery = packet -> {
            append(1, "03 'slow'", true);
            return Decision.SEND_QUERIES;
        };
        overdue();
        told(killer(), Dialogue.OK);
        server.sends("1: ff 25");
        client.expectClosed();
    }

    @Test
    void whomNobodyCanStopIsLeft() {
        overdue();
        told(killer(), "1: ff 47 04 '#HY000You are not owner of thread 42'");
        client.expect("1: " + TOO_LONG);
        client.expectClosed();
        server.expectClosed();
        assertThat(log.lines(Level.INFO)).anyMatch(l -> l.contains("may run on") && l.contains("1095"));
    }

    @Test
    void inTheMiddleOfAnAnswerNothingElseIsSaid() {
        client.sends(SLOW);
        server.expect(SLOW);
        server.sends("1: 01");
        client.expect("1: 01");
        look();
        connector.to(DB).refused(new java.io.IOException("Connection refused"));
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aKillThatComesTooLateHurtsNobody() {
        overdue();
        RecordingPeer killer = killer();
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        told(killer, "1: ff 47 04 '#HY000You are not owner of thread 42'");
        ping();
    }

    @Test
    void aKillThatMayStillComeHitsNothingElse() {
        overdue();
        RecordingPeer killer = killer();
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        client.sends("0: 03 'next'");
        killer.owner().serverClosed(killer);
        server.expectClosed();
        client.expectClosed();
        assertThat(log.lines(Level.INFO)).anyMatch(l -> l.contains("may still be killed"));
    }

    @Test
    void aKillThatNobodySentKeepsNobodyWaiting() {
        overdue();
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        connector.to(DB).refused(new java.io.IOException("Connection refused"));
        ping();
    }

    @Test
    void aConnectionThatAKillIsMeantForIsNobodyElses() {
        hooks.readQuery = packet -> {
            append(1, "03 'slow'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> {
            session.assignBackend(-1);
            return Decision.PROCEED;
        };
        overdue();
        RecordingPeer killer = killer();
        server.sends("1: " + INTERRUPTED);
        client.expect("1: " + TOO_LONG);
        server.expectClosed();
        told(killer, Dialogue.OK);
        assertThat(backends.get(0).pool().users()).isEmpty();
    }

    @Test
    void aClientThatLeavesMeanwhileEndsIt() {
        overdue();
        RecordingPeer killer = killer();
        client.dies();
        server.expectClosed();
        told(killer, Dialogue.OK);
    }

    @Test
    void nothingRunsWhileAScriptIsSentAFile() {
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT 1'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> raw("fb 'mine'");
        client.sends("0: 03 'LOAD DATA LOCAL INFILE'");
        server.expect("0: 03 'SELECT 1'");
        server.sends(Dialogue.OK);
        client.expect("1: fb 'mine'");
        look();
        assertThat(connector.attempts()).as("nobody kills").hasSize(1);
        client.sends("2:");
        client.expect("3: 00 00 00 02 00 00 00");
    }

    @Test
    void aTransactionThatWaitsTooLongIsEnded() {
        passes("0: 03 'BEGIN'", IN_TRANSACTION);
        passes("0: 03 'x'", "1: ff 51 04 '#42000an error ends none'");
        passes("0: 16 'SELECT ?'", "1: 00 01 00 00 00 00 00 00 00 00 00 00");
        look();
        String text = "The client was disconnected by the proxy because of inactivity in a transaction. See"
                + " --proxy-transaction-timeout for configuring this behavior.";
        client.expect("0: ff bf 0f '#HY000" + text + "'");
        client.expectClosed();
        server.expectClosed();
        assertThat(backends.get(0).pool().users()).isEmpty();
    }

    @Test
    void oneLookIsTheLastOnlyIfItEndsTheSession() {
        passes("0: 03 'BEGIN'", IN_TRANSACTION);
        assertThat(look()).isZero();
        client.peer().taken();
        assertThat(session.patience().look())
                .as("nothing happens, as before it begins")
                .isPositive();
    }

    @Test
    void withoutATransactionEverybodyMayWait() {
        passes("0: 03 'BEGIN'", IN_TRANSACTION);
        passes("0: 03 'COMMIT'", Dialogue.OK);
        look();
        passes("0: 03 'BEGIN'", IN_TRANSACTION);
        client.sends(SLOW);
        server.expect(SLOW);
        look();
        told(killer(), Dialogue.OK);
        server.sends("1: " + INTERRUPTED);
        client.expect("1: " + TOO_LONG);
    }
}
