package io.mysqlproxy.core.session;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.wire.Capabilities;
import java.util.List;
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
    @Tag("R9")
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
    @Tag("W-48")
    @Tag("C-98")
    void aClientThatGivesNoFilesIsNotAskedForOne() {
        Leg leg = session.client();
        leg.capabilities(leg.capabilities().without(Capabilities.LOCAL_FILES));
        client.sends("0: 03 'LOAD DATA LOCAL'");
        server.expect("0: 03 'LOAD DATA LOCAL'");
        server.sends("1: fb '/etc/passwd'");
        client.expect("1: ff 6c 0f '#42000Loading local data is disabled; this must be enabled on both the client and"
                + " server sides'");
        server.expect("2:");
        server.sends("3: 00 00 00 02 00 00 00");
        client.expectNothing();
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
    @Tag("W-35")
    void aFileOutOfOrderBreaksTheProtocol() {
        requested();
        client.sends("3: '1,one'");
        client.expect("4: ff 84 04 '#08S01Got packets out of order'");
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
}
