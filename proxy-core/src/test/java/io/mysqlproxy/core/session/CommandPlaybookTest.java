package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that pass, without a script: protocol.md 4. Each test ends with a ping, so the end of the answer was found. */
class CommandPlaybookTest extends Playbook {
    private static final String ERR = "1: ff 7a 04 '#42S02no such table'";
    private static final String PARAMETER = "03 'def' 00 00 00 01 '?' 00 0c 3f 00 00 00 00 00 fd 80 00 00 00 00";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02 'shop'",
                "05 'new'",
                "06 'old'",
                "07 01",
                "08 00",
                "0c 2a 00 00 00",
                "0d",
                "0e",
                "0f",
                "15 01 00 00 00",
                "1a 01 00 00 00",
                "1b 00 00",
                "1f"
            })
    @Tag("C-40")
    @Tag("R5")
    void oneOkPacket(String command) {
        loggedIn();
        passes("0: " + command, Dialogue.OK);
        passes("0: " + command, ERR);
        ping();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "1b 00 00", "08 00"})
    void oneEofPacket(String command) {
        loggedIn();
        passes("0: " + command, "1: fe 00 00 02 00");
        ping();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0b", "10", "14", "1d", "55 'what is this'", "ff"})
    void unknownCommandsHaveOnePacket(String command) {
        loggedIn();
        passes("0: " + command, "1: ff 17 04 '#08S01Unknown command'");
        passes("0: " + command, Dialogue.OK);
        ping();
    }

    @Test
    @Tag("W-42")
    void onlyTheOptionsThatThereAreSwitchSomething() {
        loggedIn();
        passes("0: 1b 00 00", Dialogue.OK);
        assertThat(session.server().leg().capabilities().has(Capabilities.MULTI_STATEMENTS))
                .isTrue();
        passes("0: 1b 07 00", "1: ff 17 04 '#08S01Unknown command'");
        assertThat(session.server().leg().capabilities().has(Capabilities.MULTI_STATEMENTS))
                .isTrue();
        passes("0: 1b 01 00", Dialogue.OK);
        assertThat(session.server().leg().capabilities().has(Capabilities.MULTI_STATEMENTS))
                .isFalse();
    }

    @Test
    void anEmptyCommandIsPassedOn() {
        loggedIn();
        passes("0:", "1: ff 17 04 '#08S01Unknown command'");
        ping();
    }

    @Test
    void statisticsAreOnePacketOfText() {
        loggedIn();
        passes("0: 09", "1: 'Uptime: 7  Threads: 1'");
        ping();
    }

    @Test
    void preparedStatements() {
        loggedIn();
        passes("0: 16 'SELECT ? AS x'", """
                1: 00 01 00 00 00 01 00 01 00 00 00 00
                2: %s
                3: fe 00 00 02 00
                4: %s
                5: fe 00 00 02 00""".formatted(PARAMETER, Dialogue.COLUMN));
        passes("0: 17 01 00 00 00 00 01 00 00 00 00 01 fd 00 01 'a'", """
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: fe 00 00 02 00
                4: 00 00 01 00 00 00 00 00 00 00
                5: fe 00 00 02 00""");
        client.sends("""
                0: 18 01 00 00 00 00 00 'long data'
                0: 18 01 00 00 00 00 00 'and more'
                0: 19 01 00 00 00""");
        server.expect("""
                0: 18 01 00 00 00 00 00 'long data'
                0: 18 01 00 00 00 00 00 'and more'
                0: 19 01 00 00 00""");
        client.expectNothing();
        ping();
    }

    @Test
    void aStatementThatCannotBePrepared() {
        loggedIn();
        passes("0: 16 'SELEC'", ERR);
        passes("0: 16 'DO 1'", "1: 00 02 00 00 00 00 00 00 00 00 00 00");
        ping();
    }

    @Test
    void aCursorIsFetchedFrom() {
        loggedIn();
        passes("0: 17 01 00 00 00 01 01 00 00 00", """
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: fe 00 00 42 00          | CURSOR_EXISTS: no rows""");
        passes("0: 1c 01 00 00 00 02 00 00 00", """
                1: 00 00 01 00 00 00 00 00 00 00
                2: fe 00 00 82 00""");
        passes("0: 1c 01 00 00 00 02 00 00 00", "1: ff d3 04 '#HY000no cursor'");
        ping();
    }

    @Test
    void theColumnsOfATable() {
        loggedIn();
        passes("0: 04 't' 00 '%'", """
                1: %s fb
                2: fe 00 00 02 00""".formatted(Dialogue.COLUMN));
        ping();
    }

    @Test
    @Tag("W-38")
    void commandsSentAheadAreAnsweredInOrder() {
        loggedIn();
        client.sends("""
                0: 16 'SELECT 1'
                0: 17 ff ff ff ff 00 01 00 00 00
                0: 19 01 00 00 00
                0: 0e""");
        server.expect("0: 16 'SELECT 1'");
        server.sends("1: 00 01 00 00 00 00 00 00 00 00 00 00");
        client.expect("1: 00 01 00 00 00 00 00 00 00 00 00 00");
        server.expect("0: 17 ff ff ff ff 00 01 00 00 00");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        server.expect("""
                0: 19 01 00 00 00
                0: 0e""");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }

    @Test
    void quitReachesTheServerAndEndsBoth() {
        loggedIn();
        client.sends("0: 01");
        server.expect("0: 01");
        server.expectClosed();
        client.expectClosed();
        assertThat(hooks.calls).endsWith("disconnect_client");
    }

    /** Clients are not offered it, but one that insists is the server's to judge. */
    @Test
    @Tag("W-38")
    void bulkExecutionHasTheAnswerOfAnExecution() {
        loggedIn();
        String bulk = "0: fa 01 00 00 00 80 00 03 00 00 01 'a' 00 01 'b'";
        passes(bulk, "1: 00 02 00 02 00 00 00");
        passes(bulk, ERR);
        passes(bulk, Dialogue.ONE_ROW.replace("01 '1'", "00 00 01 00 00 00")); // rows are binary
        ping();
    }

    /** The server alone knows which statement was prepared last. */
    @Test
    @Tag("W-38")
    void aStatementIsExecutedThatWasPreparedInTheSameBreath() {
        loggedIn();
        String prepare = "0: 16 'DO 1'";
        String execute = "0: 17 ff ff ff ff 00 01 00 00 00";
        client.sends(prepare + "\n" + execute);
        server.expect(prepare);
        server.sends("1: 00 01 00 00 00 00 00 00 00 00 00 00");
        client.expect("1: 00 01 00 00 00 00 00 00 00 00 00 00");
        server.expect(execute);
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        ping();
    }

    /** What is wiped on its way is the proxy's memory, not what the script has. */
    @Test
    @Tag("W-13")
    void aScriptKeepsWhatItWasShownOfALongChangeOfUser() {
        loggedIn();
        List<Bytes> seen = new ArrayList<>();
        hooks.readQuery = packet -> {
            seen.add(packet);
            return Decision.PROCEED;
        };
        String change = "11 'ann' 00 00 'shop' 00 21 00 'mysql_native_password' 00 '" + "x".repeat(70_000) + "'";
        client.sends(Frames.of("0: " + change));
        server.peer().taken();
        assertThat(seen).containsExactly(bytes(change));
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }
}
