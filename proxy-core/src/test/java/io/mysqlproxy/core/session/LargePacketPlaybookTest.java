package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.script.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packets of 16 MiB and more: W-25, W-34, lua-api.md 4.10. */
class LargePacketPlaybookTest extends Playbook {
    private static final byte[] EMPTY = {};
    private static final String HEAD = """
            1: 01
            2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
            3: fe 00 00 02 00""";

    @BeforeEach
    void login() {
        loggedIn();
    }

    /** A full packet that begins with these bytes. */
    private static byte[] full(String begin) {
        byte[] head = Frames.payload(begin);
        byte[] payload = new byte[Frames.MAX_PAYLOAD];
        Arrays.fill(payload, (byte) 'x');
        System.arraycopy(head, 0, payload, 0, head.length);
        return payload;
    }

    @Test
    void aCommandPassesPieceByPiece() {
        byte[] first = full("03 'INSERT '");
        client.sends(List.of(Frames.frame(0, first)));
        server.expect(List.of(Frames.frame(0, first))); // nobody waits for the rest
        client.sends("1: 'tail'");
        server.expect("1: 'tail'");
        server.sends("2: 00 01 00 02 00 00 00");
        client.expect("2: 00 01 00 02 00 00 00");
        ping();
    }

    @Test
    @Tag("W-34")
    void aCommandOfExactly16MegabytesHasAnEmptyEnd() {
        byte[] first = full("03 'INSERT '");
        client.sends(List.of(Frames.frame(0, first), Frames.frame(1, EMPTY)));
        server.expect(List.of(Frames.frame(0, first), Frames.frame(1, EMPTY)));
        server.sends("2: 00 01 00 02 00 00 00");
        client.expect("2: 00 01 00 02 00 00 00");
        ping();
    }

    @Test
    void longDataHasNoAnswerHoweverLongItIs() {
        byte[] first = full("18 01 00 00 00 00 00");
        client.sends(List.of(Frames.frame(0, first), Frames.frame(1, new byte[9])));
        server.expect(List.of(Frames.frame(0, first), Frames.frame(1, new byte[9])));
        ping();
    }

    @Test
    void aServerThatGivesUpDuringACommandSaysWhy() {
        client.sends(List.of(Frames.frame(0, full("03 'INSERT '"))));
        server.peer().taken();
        server.sends("1: ff 81 04 '#08S01Got a packet bigger than max_allowed_packet bytes'");
        server.leaves();
        client.expect("1: ff 81 04 '#08S01Got a packet bigger than max_allowed_packet bytes'");
        client.expectClosed();
    }

    @Test
    void theServerIsNotHeardBeforeTheCommandIsThrough() {
        client.sends(List.of(Frames.frame(0, full("03 'INSERT '"))));
        server.peer().taken();
        server.sends("2: ff 81 04 '#08S01Got a packet bigger than max_allowed_packet bytes'");
        client.expectNothing();
        client.sends("1: 'tail'");
        server.expect("1: 'tail'");
        client.expect("2: ff 81 04 '#08S01Got a packet bigger than max_allowed_packet bytes'");
        ping();
    }

    @Test
    @Tag("C-66")
    void aScriptSeesACommandAsAWhole() {
        List<Bytes> seen = new ArrayList<>();
        hooks.readQuery = packet -> {
            seen.add(packet);
            return Decision.PROCEED;
        };
        byte[] first = full("03 'INSERT '");
        client.sends(List.of(Frames.frame(0, first)));
        server.expectNothing();
        client.sends("1: 'tail!!'");
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).length()).isEqualTo(16777221);
        assertThat(seen.get(0).toLatin1()).startsWith("\003INSERT xxx").endsWith("xxtail!!");
        server.expect(List.of(Frames.frame(0, first), Frames.frame(1, Frames.payload("'tail!!'"))));
        server.sends("2: 00 01 00 02 00 00 00");
        client.expect("2: 00 01 00 02 00 00 00");
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aScriptCanAnswerALongCommand() {
        hooks.readQuery = packet -> okay();
        client.sends(List.of(Frames.frame(0, full("03 'INSERT '")), Frames.frame(1, EMPTY)));
        client.expect("2: 00 00 00 02 00 00 00");
        server.expectNothing();
    }

    @Test
    void aClientThatLeavesInTheMiddleOfALongCommand() {
        hooks.readQuery = packet -> Decision.PROCEED;
        client.sends(List.of(Frames.frame(0, full("03 'INSERT '"))));
        client.leaves();
        server.expectClosed();
        assertThat(hooks.calls).noneMatch(c -> c.startsWith("read_query"));
    }

    @Test
    @Tag("W-25")
    void aRowThatLooksLikeTheEndIsNone() {
        byte[] first = full("fe fa ff ff 00 00 00 00 00");
        client.sends("0: 03 'SELECT x FROM t'");
        server.expect("0: 03 'SELECT x FROM t'");
        server.sends(HEAD);
        client.expect(HEAD);
        server.sends(List.of(Frames.frame(4, first), Frames.frame(5, new byte[4])));
        client.expect(List.of(Frames.frame(4, first), Frames.frame(5, new byte[4])));
        server.sends("6: fe 00 00 02 00");
        client.expect("6: fe 00 00 02 00");
        ping();
    }

    @Test
    void theBeginningOfALongRowDoesNotWaitForItsEnd() {
        client.sends("0: 03 'SELECT x FROM t'");
        server.expect("0: 03 'SELECT x FROM t'");
        server.sends(HEAD);
        client.expect(HEAD);
        byte[] row = Frames.frame(4, full("fd fb ff ff"));
        session.slot().fromServer(serverPeer, buffers.of(Arrays.copyOf(row, 1000)));
        session.received();
        assertThat(client.peer().taken()).hasSize(1000);
        session.slot().fromServer(serverPeer, buffers.of(Arrays.copyOfRange(row, 1000, row.length)));
        session.received();
        assertThat(client.peer().taken()).hasSize(row.length - 1000);
        server.sends("5:\n6: fe 00 00 02 00");
        client.expect("5:\n6: fe 00 00 02 00");
        ping();
    }

    @Test
    void aHeldRowIsJoinedAndSplitAgain() {
        List<Integer> sizes = new ArrayList<>();
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT x'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> {
            injection.held().payloads().forEach(p -> sizes.add(p.length()));
            assertThat(injection.summary().rows()).isEqualTo(1);
            return Decision.PROCEED;
        };
        byte[] first = full("fd ff ff ff");
        List<byte[]> row = List.of(Frames.frame(4, first), Frames.frame(5, new byte[4]));
        client.sends("0: 03 'go'");
        server.expect("0: 03 'SELECT x'");
        server.sends(HEAD);
        server.sends(row);
        client.expectNothing();
        server.sends("6: fe 00 00 02 00");
        List<byte[]> all = new ArrayList<>(Frames.of(HEAD));
        all.addAll(row);
        all.addAll(Frames.of("6: fe 00 00 02 00"));
        client.expect(all);
        assertThat(sizes).containsExactly(1, 23, 5, Frames.MAX_PAYLOAD + 4, 5);
    }

    @Test
    @Tag("C-65")
    void aRawPacketOfExactly16MegabytesIsFollowedByAnEmptyOne() {
        byte[] whole = full("'x'");
        hooks.readQuery = packet -> reply(new Answer.Raw(List.of(Bytes.of(whole))));
        client.sends("0: 03 'go'");
        client.expect(List.of(Frames.frame(1, whole), Frames.frame(2, EMPTY)));
    }

    @Test
    void aLongInjectionIsSplit() {
        byte[] first = full("03 'INSERT '");
        byte[] query = Arrays.copyOf(first, first.length + 5);
        hooks.readQuery = packet -> {
            session.queue().append(1, Bytes.of(query), false);
            return Decision.SEND_QUERIES;
        };
        client.sends("0: 03 'go'");
        server.expect(List.of(Frames.frame(0, first), Frames.frame(1, new byte[5])));
        server.sends("2: 00 01 00 02 00 00 00");
        client.expect("1: 00 01 00 02 00 00 00");
    }
}
