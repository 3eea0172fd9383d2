package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.core.Frames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When things break: lua-api.md 4.11, W-39, W-40. */
class EndPlaybookTest extends Playbook {
    private static final String HALF = """
            1: 01
            2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
            3: fe 00 00 02 00
            4: 01 '1'""";

    @BeforeEach
    void login() {
        loggedIn();
    }

    private void query() {
        client.sends("0: 03 'SELECT x FROM t'");
        server.expect("0: 03 'SELECT x FROM t'");
    }

    @Test
    @Tag("W-40")
    void anIdleServerThatSaysGoodbyeIsHeard() {
        server.sends("0: ff bf 0f '#HY000The client was disconnected by the server because of inactivity.'");
        client.expect("0: ff bf 0f '#HY000The client was disconnected by the server because of inactivity.'");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aGoodbyeCountsFromZeroWhateverCameBefore() {
        ping();
        server.sends("5: ff 1d 04 '#08S01Server shutdown in progress'");
        server.leaves();
        client.expect("0: ff 1d 04 '#08S01Server shutdown in progress'");
        client.expectClosed();
    }

    @Test
    void anIdleServerThatSaysAnythingElseBreaksTheProtocol() {
        server.sends(Dialogue.OK);
        client.expectClosed();
        server.expectClosed();
        assertThat(log.lines(Level.INFO)).anyMatch(l -> l.contains("unexpected server packet"));
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void anIdleServerThatClosesTakesTheClientWithIt() {
        server.leaves();
        client.expectClosed();
    }

    @Test
    @Tag("C-100")
    @Tag("W-47")
    void aServerThatClosesBeforeItsAnswerLeavesTheClientWithoutOne() {
        query();
        server.leaves();
        client.expectClosed();
        server.expectClosed();
        assertThat(connector.attempts()).as("nothing is tried anew").hasSize(1);
    }

    @Test
    @Tag("C-100")
    void aServerThatClosesInTheMiddleOfItsAnswerLeavesTheClientWithWhatThereWas() {
        query();
        server.sends(HALF);
        server.leaves();
        client.expect(HALF);
        client.expectClosed();
    }

    @Test
    void everythingTheServerSaidBeforeItClosedIsDeliveredFirst() {
        query();
        client.stalls();
        server.sends(HALF);
        server.leaves();
        client.expectNothing();
        client.drains();
        client.expect(HALF);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void whatWasReadBeforeTheClientStalledIsDeliveredBeforeTheEnd() {
        query();
        client.stalls();
        session.slot().fromServer(serverPeer, buffers.of(Frames.join(Frames.of(HALF))));
        session.received();
        server.leaves();
        client.expectNothing();
        client.drains();
        client.expect(HALF);
        client.expectClosed();
    }

    @Test
    void aGoodbyeIsDeliveredToAClientThatDrainsLate() {
        client.stalls();
        server.sends("0: ff bf 0f '#HY000gone'");
        server.leaves();
        client.expectNothing();
        client.drains();
        client.expect("0: ff bf 0f '#HY000gone'");
        client.expectClosed();
    }

    @Test
    void aClientThatStallsAndLeavesEndsTheServer() {
        query();
        client.stalls();
        server.sends(HALF);
        client.dies();
        server.expectClosed();
    }

    @Test
    @Tag("W-39")
    void aClientThatLeavesInTheMiddleOfAnAnswerEndsTheServer() {
        query();
        server.sends(HALF);
        client.expect(HALF);
        client.leaves();
        server.expectClosed();
    }

    @Test
    @Tag("W-39")
    void quitBehindACommandIsHeardAfterItsAnswer() {
        client.sends("""
                0: 03 'SELECT 1 AS x'
                0: 01""");
        server.expect("0: 03 'SELECT 1 AS x'");
        server.sends(Dialogue.ONE_ROW);
        client.expect(Dialogue.ONE_ROW);
        server.expect("0: 01");
        server.expectClosed();
    }

    @Test
    void anIdleClientThatLeavesEndsTheServer() {
        client.leaves();
        server.expectClosed();
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void aCommandThatWasCutOffIsForgotten() {
        // five bytes of a packet of twelve
        session.fromClient(buffers.of((byte) 8, (byte) 0, (byte) 0, (byte) 0, (byte) 3));
        session.received();
        client.leaves();
        server.expectClosed();
    }

    @Test
    void aRowOutOfOrderBreaksTheProtocol() {
        query();
        server.sends("1: 01\n3: " + Dialogue.COLUMN);
        client.peer().taken();
        client.expectClosed();
        server.expectClosed();
        assertThat(log.lines(Level.INFO)).anyMatch(l -> l.contains("received packet-id 3, but expected 2"));
    }

    @Test
    void anAnswerThatFitsNoCommandBreaksTheProtocol() {
        query();
        server.sends("1: fe 00 00 02 00");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void anAnswerTooManyBreaksTheProtocol() {
        query();
        server.sends(Dialogue.OK + "\n2: 00 00 00 02 00 00 00");
        client.expect(Dialogue.OK);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void bytesAfterTheEndAreIgnored() {
        client.leaves();
        session.fromClient(buffers.of((byte) 1));
        session.slot().fromServer(serverPeer, buffers.of((byte) 1));
        session.received();
        session.writabilityChanged();
        session.slot().serverClosed(serverPeer);
        session.clientClosed();
        server.expectClosed();
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void aFaultOfTheProxyIsLoudAndEndsTheSession() {
        session.fail(new IllegalStateException("a fault of the proxy"));
        client.expectClosed();
        server.expectClosed();
        assertThat(log.errors()).hasSize(1);
    }
}
