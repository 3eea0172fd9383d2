package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** LOCAL INFILE: protocol.md 8, lua-api.md 4.8. */
class UploadPlaybookTest extends Playbook {
    private static final String LOAD = "0: 03 'LOAD DATA LOCAL INFILE'";
    private static final String REQUEST = "1: fb '/tmp/data'";
    private static final String FILE = """
            2: '1,one'
            3: '2,two'
            4:""";
    private static final String OKAY = "5: 00 02 00 02 00 00 00";

    @BeforeEach
    void login() {
        loggedIn();
    }

    private void requested() {
        passes(LOAD, REQUEST);
    }

    private void uploaded() {
        requested();
        client.sends(FILE);
        server.expect(FILE);
    }

    @Test
    @Tag("W-48")
    void theFilePassesAndTheServersWordAfterIt() {
        uploaded();
        server.sends(OKAY);
        client.expect(OKAY);
        ping();
    }

    @Test
    @Tag("W-48")
    void anErrorAtTheEndIsPassedOn() {
        uploaded();
        server.sends("5: ff 26 04 '#23000Duplicate entry'");
        client.expect("5: ff 26 04 '#23000Duplicate entry'");
        ping();
    }

    @Test
    @Tag("W-48")
    void anErrorWhileTheFilePassesIsHeldUntilItIsThrough() {
        requested();
        client.sends("2: '1,one'");
        server.expect("2: '1,one'");
        server.sends("5: ff 26 04 '#23000Duplicate entry'");
        client.expectNothing();
        client.sends("3: '2,two'\n4:");
        server.expect("3: '2,two'\n4:");
        client.expect("5: ff 26 04 '#23000Duplicate entry'");
        ping();
    }

    @Test
    void anEmptyFile() {
        requested();
        client.sends("2:");
        server.expect("2:");
        server.sends("3: 00 00 00 02 00 00 00");
        client.expect("3: 00 00 00 02 00 00 00");
        ping();
    }

    @Test
    @Tag("W-34")
    void anEmptyPacketBehindAFullOneIsNotTheEnd() {
        requested();
        byte[] full = new byte[Frames.MAX_PAYLOAD];
        client.sends(List.of(Frames.frame(2, full), Frames.frame(3, new byte[0])));
        server.expect(List.of(Frames.frame(2, full), Frames.frame(3, new byte[0])));
        client.sends("4: 'more'\n5:");
        server.expect("4: 'more'\n5:");
        server.sends("6: 00 00 00 02 00 00 00");
        client.expect("6: 00 00 00 02 00 00 00");
        ping();
    }

    @Test
    void aFilePacketOfMoreThan16MegabytesPassesPieceByPiece() {
        requested();
        byte[] full = new byte[Frames.MAX_PAYLOAD];
        client.sends(List.of(Frames.frame(2, full)));
        server.expect(List.of(Frames.frame(2, full))); // before the rest is there
        client.sends("3: 'rest'\n4:");
        server.expect("3: 'rest'\n4:");
        server.sends(OKAY);
        client.expect(OKAY);
        ping();
    }

    @Test
    void severalFilesInOneStatement() {
        requested();
        client.sends("2:");
        server.expect("2:");
        server.sends("""
                3: 00 01 00 0a 00 00 00     | more to come
                4: fb '/tmp/other'""");
        client.expect("""
                3: 00 01 00 0a 00 00 00
                4: fb '/tmp/other'""");
        client.sends("5: 'x'\n6:");
        server.expect("5: 'x'\n6:");
        server.sends("7: 00 00 00 02 00 00 00");
        client.expect("7: 00 00 00 02 00 00 00");
        ping();
    }

    @Test
    void fileDataIsNoCommand() {
        hooks.readQuery = packet -> Decision.PROCEED;
        requested();
        client.sends("2: 03 'DROP TABLE t'\n3:");
        server.expect("2: 03 'DROP TABLE t'\n3:");
        server.sends("4: 00 00 00 02 00 00 00");
        client.expect("4: 00 00 00 02 00 00 00");
        assertThat(hooks.calls)
                .filteredOn(c -> c.startsWith("read_query"))
                .containsExactly("read_query 3 LOAD DATA LOCAL INFILE");
    }

    @Test
    void aFileOutOfOrderBreaksTheProtocol() {
        requested();
        client.sends("3: '1,one'");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aClientThatLeavesInTheMiddleEndsTheServer() {
        requested();
        client.sends("2: '1,one'");
        server.expect("2: '1,one'");
        client.leaves();
        server.expectClosed();
    }

    @Test
    void aServerThatLeavesInTheMiddleEndsTheClient() {
        requested();
        server.leaves();
        client.expectClosed();
    }

    @Test
    @Tag("C-98")
    void aHeldInjectionAsksTheClientOnceTheScriptHasSeenIt() {
        inject(true, injection -> Decision.PROCEED);
        client.sends("0: 03 'go'");
        server.expect("0: 03 'LOAD'");
        server.sends(REQUEST);
        client.expect(REQUEST);
        client.sends(FILE);
        server.expect(FILE);
        server.sends(OKAY);
        client.expect(OKAY);
        assertThat(hooks.calls).endsWith("read_query_result 1");
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aStreamedInjectionAsksTheClientAndTheQueueGoesOnAfterwards() {
        hooks.readQuery = packet -> {
            append(1, "03 'LOAD'", false);
            append(2, "03 'SELECT 1'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> injection.id() == 2 ? Decision.DROP : Decision.PROCEED;
        client.sends("0: 03 'go'");
        server.expect("0: 03 'LOAD'");
        server.sends(REQUEST);
        client.expect(REQUEST);
        client.sends("2:");
        server.expect("2:");
        server.sends("3: ff 26 04 '#23000Duplicate entry'");
        client.expect("3: ff 26 04 '#23000Duplicate entry'");
        server.expect("0: 03 'SELECT 1'");
        server.sends(Dialogue.ONE_ROW);
        client.expectNothing();
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aRequestThatTheScriptDropsIsRefusedAndTheClientNeverHearsOfIt() {
        inject(true, injection -> Decision.DROP);
        client.sends("0: 03 'go'");
        server.expect("0: 03 'LOAD'");
        server.sends(REQUEST);
        server.expect("2:");
        client.expectNothing();
        server.sends("3: 00 00 00 02 00 00 00");
        client.expect("1: ff 51 04 '#07000(proxy) no result was sent for this command'");
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aRequestThatTheScriptReplacesIsRefusedToo() {
        inject(true, injection -> okay());
        client.sends("0: 03 'go'");
        server.expect("0: 03 'LOAD'");
        server.sends(REQUEST);
        server.expect("2:");
        client.expect(Dialogue.OK);
        server.sends("3: ff 26 04 '#23000no file'");
        client.expectNothing();
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aFileThatAScriptAsksForNeverReachesTheServer() {
        List<Bytes> seen = new ArrayList<>();
        hooks.readQuery = packet -> {
            seen.add(packet);
            return raw("fb 'file'");
        };
        client.sends("0: 03 'LOAD'");
        client.expect("1: fb 'file'");
        client.sends("2: 03 'DROP TABLE t'\n3:");
        client.expect("4: 00 00 00 02 00 00 00");
        server.expectNothing();
        assertThat(seen).hasSize(1);
        hooks.readQuery = null;
        ping();
    }

    private void inject(boolean buffered, Function<Injection, Decision> hook) {
        hooks.readQuery = packet -> {
            append(1, "03 'LOAD'", buffered);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = hook;
    }
}
