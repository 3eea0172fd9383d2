package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.hook.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A side that does not drain stops the other one: nothing piles up in the proxy. */
class PressurePlaybookTest extends Playbook {
    /** What may wait for a phase that does not hear. */
    private static final int LIMIT = 64 * 1024;

    private static final String HEAD = """
            1: 01
            2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
            3: fe 00 00 02 00""";

    @BeforeEach
    void login() {
        loggedIn();
    }

    private static List<byte[]> rows(int first, int count) {
        List<byte[]> rows = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            byte[] row = new byte[1003];
            row[0] = (byte) 0xFC;
            row[1] = (byte) 0xE8;
            row[2] = 3;
            rows.add(Frames.frame(i & 0xFF, row));
        }
        return rows;
    }

    private void query() {
        client.sends("0: 03 'SELECT x FROM t'");
        server.expect("0: 03 'SELECT x FROM t'");
        server.sends(HEAD);
        client.expect(HEAD);
    }

    @Test
    void theServerIsNotReadWhileTheClientDoesNotDrain() {
        query();
        server.expectReading(true);
        client.stalls();
        server.expectReading(false);
        server.sends(rows(4, 100));
        client.expectNothing();
        assertThat(buffers.used()).isZero();
        client.drains();
        server.expectReading(true);
        client.expect(rows(4, 100));
        server.sends("104: fe 00 00 02 00");
        client.expect("104: fe 00 00 02 00");
        ping();
    }

    @Test
    void aClientThatStallsInTheMiddleOfAnAnswerHoldsItThere() {
        query();
        client.stallsAfter(10_000);
        List<byte[]> rows = rows(4, 100);
        server.sends(rows);
        server.expectReading(false);
        int most = feed == Feed.COALESCED ? 1007 * 100 : 11_007;
        byte[] before = client.peer().taken();
        assertThat(before.length).isBetween(10_000, most);
        client.drains();
        server.expectReading(true);
        assertThat(server.unread()).isZero();
        server.sends("104: fe 00 00 02 00");
        rows.addAll(Frames.of("104: fe 00 00 02 00"));
        byte[] all = Frames.join(List.of(before, client.peer().taken()));
        assertThat(Frames.show(all)).isEqualTo(Frames.show(Frames.join(rows)));
        ping();
    }

    @Test
    void whatWasReadAlreadyWaitsForAClientThatDoesNotDrain() {
        query();
        client.stalls();
        session.slot().fromServer(serverPeer, buffers.of(Frames.join(rows(4, 1))));
        session.received();
        assertThat(client.peer().taken()).isEmpty();
        assertThat(client.peer().unflushed()).isZero();
        client.drains();
        client.expect(rows(4, 1));
    }

    @Test
    void whatWasReadAlreadyWaitsForAServerThatDoesNotDrain() {
        server.stalls();
        session.fromClient(buffers.of(Frames.join(Frames.of("0: 0e"))));
        session.received();
        server.expectNothing();
        server.drains();
        server.expect("0: 0e");
    }

    @Test
    void theClientIsNotReadWhileTheServerDoesNotDrain() {
        client.expectReading(true);
        server.stalls();
        client.expectReading(false);
        client.sends("0: 0e");
        server.expectNothing();
        assertThat(client.unread()).isEqualTo(5);
        server.drains();
        client.expectReading(true);
        server.expect("0: 0e");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }

    @Test
    void aFileWaitsForAServerThatDoesNotDrain() {
        passes("0: 03 'LOAD'", "1: fb 'file'");
        server.stalls();
        client.sends(rows(2, 10));
        server.expectNothing();
        assertThat(buffers.used()).isZero();
        server.drains();
        server.expect(rows(2, 10));
        client.sends("12:");
        server.expect("12:");
        server.sends("13: 00 00 00 02 00 00 00");
        client.expect("13: 00 00 00 02 00 00 00");
        ping();
    }

    @Test
    void commandsSentAheadWaitInTheProxyOnlyUpToALimit() {
        query();
        List<byte[]> ahead = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ahead.add(Frames.frame(0, new byte[1000]));
        }
        client.sends(ahead);
        client.expectReading(false);
        if (feed != Feed.COALESCED) {
            assertThat(buffers.used()).isLessThan(3 * LIMIT);
            assertThat(client.unread()).isGreaterThan(900_000);
        }
        server.sends("4: fe 00 00 02 00");
        client.expect("4: fe 00 00 02 00");
        server.expect(List.of(ahead.get(0)));
    }

    @Test
    void aServerThatTalksDuringAnUploadWaitsInTheProxyOnlyUpToALimit() {
        passes("0: 03 'LOAD'", "1: fb 'file'");
        server.sends(rows(2, 1000));
        server.expectReading(false);
        if (feed != Feed.COALESCED) {
            assertThat(buffers.used()).isLessThan(3 * LIMIT);
        }
    }

    @Test
    void bothSidesStallAndDrain() {
        client.sends("0: 12 04 00 00 00 00 00 01 00 00 00 'bin.1'");
        server.expect("0: 12 04 00 00 00 00 00 01 00 00 00 'bin.1'");
        server.sends("1: 00 'rotate'");
        client.expect("1: 00 'rotate'");
        client.stalls();
        server.stalls();
        client.sends("0: ef 'ack'");
        server.sends("2: 00 'event'");
        client.expectNothing();
        server.expectNothing();
        client.drains();
        client.expect("2: 00 'event'");
        server.drains();
        server.expect("0: ef 'ack'");
        client.leaves();
        server.expectClosed();
    }

    /** More than is handed over at once. */
    private List<byte[]> held() {
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT x FROM t'", true);
            append(2, "03 'next'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> injection.id() == 1 ? Decision.PROCEED : Decision.DROP;
        client.sends("0: 03 'go'");
        server.expect("0: 03 'SELECT x FROM t'");
        List<byte[]> answer = new ArrayList<>(Frames.of(HEAD));
        answer.addAll(rows(4, 1000));
        answer.addAll(Frames.of("236: fe 00 00 02 00"));
        client.stallsAfter(1000);
        server.sends(answer);
        return answer;
    }

    @Test
    void aHeldAnswerWaitsForAClientThatDoesNotDrain() {
        List<byte[]> answer = held();
        byte[] before = client.peer().taken();
        assertThat(before.length).isBetween(1000, 500_000);
        assertThat(client.peer().unflushed()).isZero();
        server.expectNothing();
        client.drains();
        byte[] all = Frames.join(List.of(before, client.peer().taken()));
        assertThat(Frames.show(all)).isEqualTo(Frames.show(Frames.join(answer)));
        server.expect("0: 03 'next'");
        server.sends(Dialogue.OK);
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aHeldAnswerReachesTheClientThoughTheServerHasGone() {
        List<byte[]> answer = held();
        server.leaves();
        client.drains();
        assertThat(Frames.show(client.peer().taken())).isEqualTo(Frames.show(Frames.join(answer)));
        client.expectClosed();
    }

    @Test
    void theQueueGoesOnWithoutAClientThatLeavesBeforeItHasTakenAHeldAnswer() {
        held();
        client.leaves();
        server.expect("0: 03 'next'");
        server.sends(Dialogue.OK);
        server.expectClosed();
    }
}
