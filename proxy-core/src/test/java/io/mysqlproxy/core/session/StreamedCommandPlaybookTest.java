package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.hook.Decision;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Long commands that no script wants to see pass while they come in (W-34, W-41). */
class StreamedCommandPlaybookTest extends Playbook {
    private static final int LENGTH = 1 << 20;

    @BeforeEach
    void login() {
        loggedIn();
    }

    /** A packet that begins with these bytes. */
    private static byte[] frame(int sequence, String begin, int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 'x');
        byte[] head = Frames.payload(begin);
        System.arraycopy(head, 0, payload, 0, head.length);
        return Frames.frame(sequence, payload);
    }

    /** Comes in as it is, whatever the feed. */
    private void comesIn(byte[] bytes, int from, int to) {
        session.fromClient(buffers.of(Arrays.copyOfRange(bytes, from, to)));
        session.received();
    }

    private byte[] passesInPieces(String begin) {
        byte[] frame = frame(0, begin, LENGTH);
        for (int at = 0; at < frame.length; at += 50_000) {
            int to = Math.min(at + 50_000, frame.length);
            comesIn(frame, at, to);
            assertThat(server.peer().taken()).isEqualTo(Arrays.copyOfRange(frame, at, to));
        }
        return frame;
    }

    @Test
    void aLongStatementIsNotWaitedFor() {
        passesInPieces("03 'INSERT '");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        ping();
    }

    @Test
    void longDataIsNotWaitedForAndHasNoAnswer() {
        passesInPieces("18 01 00 00 00 00 00");
        ping();
    }

    @Test
    void aCommandNobodyKnowsPassesToo() {
        passesInPieces("f7");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        ping();
    }

    @Test
    @Tag("W-35")
    void theNumberingStartsAnewWhateverTheClientBeganWith() {
        byte[] frame = frame(7, "03 'INSERT '", LENGTH);
        byte[] expected = frame(0, "03 'INSERT '", LENGTH);
        comesIn(frame, 0, 20_000);
        comesIn(frame, 20_000, frame.length);
        assertThat(server.peer().taken()).isEqualTo(expected);
        server.sends(Dialogue.OK);
        client.expect("8: 00 00 00 02 00 00 00");
    }

    @Test
    @Tag("W-35")
    void aPieceOutOfOrderBreaksTheProtocol() {
        byte[] first = frame(0, "03 'INSERT '", Frames.MAX_PAYLOAD);
        comesIn(first, 0, first.length);
        client.sends("2: 'tail'");
        client.expect("3: ff 84 04 '#08S01Got packets out of order'");
        client.expectClosed();
        server.peer().taken();
        server.expectClosed();
        assertThat(log.lines(Level.INFO)).anyMatch(l -> l.contains("received packet-id 2, but expected 1"));
    }

    @Test
    void aServerThatStallsStopsTheClient() {
        byte[] frame = frame(0, "03 'INSERT '", LENGTH);
        server.stallsAfter(60_000);
        comesIn(frame, 0, 50_000);
        client.expectReading(true);
        comesIn(frame, 50_000, 100_000);
        client.expectReading(false);
        server.drains();
        client.expectReading(true);
        comesIn(frame, 100_000, frame.length);
        assertThat(server.peer().taken()).isEqualTo(frame);
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }

    @Test
    void aClientThatLeavesInTheMiddleEndsTheServer() {
        byte[] frame = frame(0, "03 'INSERT '", LENGTH);
        comesIn(frame, 0, 50_000);
        server.peer().taken();
        client.leaves();
        server.expectClosed();
    }

    @Test
    void anotherAccountIsWaitedForButNotWithoutEnd() {
        byte[] frame = frame(0, "11 'bob' 00", 10 << 20);
        comesIn(frame, 0, 50_000);
        client.expectClosed();
        server.expectClosed();
        assertThat(log.lines(Level.INFO)).anyMatch(l -> l.contains("a command 17 of 10485760 bytes"));
    }

    @Test
    @Tag("W-48")
    void aFileIsNotWaitedFor() {
        client.sends("0: 03 'LOAD DATA LOCAL'");
        server.expect("0: 03 'LOAD DATA LOCAL'");
        server.sends("1: fb 'x.csv'");
        client.expect("1: fb 'x.csv'");
        byte[] data = frame(2, "'a'", LENGTH);
        comesIn(data, 0, 1000);
        assertThat(server.peer().taken()).isEqualTo(Arrays.copyOf(data, 1000));
        comesIn(data, 1000, data.length);
        server.peer().taken();
        client.sends("3:");
        server.expect("3:");
        server.sends("4: 00 01 00 02 00 00 00");
        client.expect("4: 00 01 00 02 00 00 00");
        ping();
    }

    @Test
    @Tag("W-36")
    void aScriptStillSeesTheWhole() {
        hooks.readQuery = packet -> {
            assertThat(packet.length()).isEqualTo(LENGTH);
            return Decision.PROCEED;
        };
        byte[] frame = frame(0, "03 'INSERT '", LENGTH);
        comesIn(frame, 0, 50_000);
        server.expectNothing();
        assertThat(session.plugin().budget().held()).isEqualTo(50_000);
        comesIn(frame, 50_000, frame.length);
        server.expect(List.of(frame));
        assertThat(session.plugin().budget().held()).isZero();
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }
}
