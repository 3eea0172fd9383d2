package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.script.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What MariaDB's clients may send to its servers beyond MySQL's: bulk execution, and statements by "the last one" (W-38). */
@Tag("W-38")
class BulkPlaybookTest extends Playbook {
    /** MariaDB 11 with each of its own flags, of which the first bit being clear tells. */
    private static final String GREETING = Dialogue.GREETING
            .replace("ff ff                    | capabilities, low half", "fe ff")
            .replace("15 00*10", "15 00*6 3d 00 00 00");

    private static final String SHOWN =
            Dialogue.GREETING_SHOWN.replace("df b7", "de b7").replace("15 00*10", "15 00*6 04 00 00 00");

    private static final String LOGIN = Dialogue.LOGIN.replace("8d a2", "8c a2").replace("00*23", "00*19 04 00 00 00");
    private static final String OKAY = "00 00 00 02 00 00 00";

    private static final String PREPARE = "0: 16 'DO 1'";
    private static final String FAILED = "1: ff 28 04 '#42000You have an error'";
    private static final String UNKNOWN = "1: ff db 04 '#HY000Unknown prepared statement handler'";

    private final List<Bytes> seen = new ArrayList<>();

    @BeforeEach
    void allow() {
        protocol = ProtocolConfig.BARE.with(Policy.BARE.withMariadbBulk(true));
    }

    private void greetedByMariadb(String shown) {
        clientConnects();
        serverAccepts(DB);
        server.sends(GREETING);
        client.expect(shown);
    }

    private void begun() {
        greetedByMariadb(SHOWN);
        client.sends(LOGIN);
        server.expect(LOGIN);
        server.sends("2: " + OKAY);
        client.expect("2: " + OKAY);
    }

    private static String prepared(int id) {
        return String.format("1: 00 %02x 00 00 00 00 00 00 00 00 00 00", id);
    }

    private static String execute(String id) {
        return "0: 17 " + id + " 00 01 00 00 00";
    }

    private static String last() {
        return execute("ff ff ff ff");
    }

    /** The script looks at everything, and lets it pass or not. */
    private void looks(Judgement what) {
        hooks.readQuery = packet -> {
            seen.add(packet);
            return what.of(packet.array()[packet.offset()]);
        };
    }

    /** What becomes of a command. */
    private interface Judgement {
        Decision of(int command);
    }

    @Test
    void ofItsFlagsOnlyTheOneForBulkExecutionIsOffered() {
        begun();
        ping();
    }

    @Test
    @Tag("W-09")
    void aClientThatWantsMoreDoesNotGetIt() {
        greetedByMariadb(SHOWN);
        client.sends(LOGIN.replace("04 00 00 00", "3f 00 00 00"));
        server.expect(LOGIN);
    }

    @Test
    void aClientOfMysqlHasNoneOfThem() {
        greetedByMariadb(SHOWN);
        client.sends(Dialogue.LOGIN);
        server.expect(Dialogue.LOGIN);
    }

    @Test
    void itCanBeSwitchedOff() {
        protocol = ProtocolConfig.BARE;
        greetedByMariadb(Dialogue.GREETING_SHOWN);
        client.sends(LOGIN);
        server.expect(Dialogue.LOGIN.replace("8d a2", "8c a2"));
    }

    @Test
    void commandsInOneWriteGoToTheServerOneByOne() {
        begun();
        client.sends(PREPARE + "\n" + last() + "\n0: 0e");
        server.expect(PREPARE);
        client.expectNothing();
        server.sends(prepared(5));
        client.expect(prepared(5));
        server.expect(last());
        server.sends("1: " + OKAY);
        client.expect("1: " + OKAY);
        server.expect("0: 0e");
        server.sends("1: " + OKAY);
        client.expect("1: " + OKAY);
    }

    @Test
    void theServerItselfRefusesToExecuteWhatItCouldNotPrepare() {
        begun();
        client.sends(PREPARE + "\n" + last());
        server.expect(PREPARE);
        server.sends(FAILED);
        client.expect(FAILED);
        server.expect(last());
        server.sends(UNKNOWN);
        client.expect(UNKNOWN);
        ping();
    }

    @Test
    void theLastOneIsNoneWhereThereAreAsManyAsMayBe() {
        allow(new Allowance(Duration.ZERO, Duration.ZERO, 0, 0, 1));
        looks(command -> Decision.PROCEED);
        begun();
        passes(PREPARE, prepared(5));
        executesNothing();
        hooks.readQuery = packet -> {
            session.queue().append(1, packet, false);
            return Decision.SEND_QUERIES;
        };
        passes("0: 19 05 00 00 00\n" + PREPARE, prepared(6));
        executesNothing();
    }

    /** After a statement that is one too many. */
    private void executesNothing() {
        client.sends(PREPARE + "\n" + last());
        client.expect(
                "1: ff b5 05 '#42000Can' 27 't create more than max_prepared_stmt_count statements (current value: 1)'");
        server.expect(execute("00 00 00 00"));
        server.sends(UNKNOWN);
        client.expect(UNKNOWN);
    }

    @Test
    void scriptsSeeWhichStatementItIs() {
        looks(command -> Decision.PROCEED);
        begun();
        client.sends(PREPARE + "\n" + last());
        server.expect(PREPARE);
        server.sends(prepared(5));
        client.expect(prepared(5));
        server.expect(execute("05 00 00 00"));
        server.sends("1: " + OKAY);
        client.expect("1: " + OKAY);
        assertThat(seen).containsExactly(bytes("16 'DO 1'"), bytes("17 05 00 00 00 00 01 00 00 00"));
    }

    @Test
    void allCommandsThatAreAboutAStatementMayMeanTheLast() {
        looks(command -> Decision.PROCEED);
        begun();
        passes(PREPARE, prepared(7));
        client.sends("0: fa ff ff ff ff 80 00 08 00");
        server.expect("0: fa 07 00 00 00 80 00 08 00");
        server.sends("1: " + OKAY);
        client.sends("0: 1a ff ff ff ff");
        server.expect("0: 1a 07 00 00 00");
        server.sends("1: " + OKAY);
        client.sends("0: 1c ff ff ff ff 01 00 00 00");
        server.expect("0: 1c 07 00 00 00 01 00 00 00");
        server.sends("1: fe 00 00 02 00");
        client.expect("1: " + OKAY + "\n1: " + OKAY + "\n1: fe 00 00 02 00");
        client.sends("0: 18 ff ff ff ff 00 00 'part'");
        server.expect("0: 18 07 00 00 00 00 00 'part'");
        client.sends("0: 19 ff ff ff ff");
        server.expect("0: 19 07 00 00 00");
    }

    @Test
    void aStatementOfTheScriptsIsNotTheClientsLast() {
        looks(command -> {
            if (command == 0x17) {
                append(1, "16 'DO 2'", true);
                append(2, "17 05 00 00 00 00 01 00 00 00", false);
                return Decision.SEND_QUERIES;
            }
            return Decision.PROCEED;
        });
        hooks.readQueryResult = injection -> injection.id() == 1 ? Decision.DROP : Decision.PROCEED;
        begun();
        passes(PREPARE, prepared(5));
        client.sends(last());
        server.expect("0: 16 'DO 2'");
        server.sends(prepared(6));
        server.expect(execute("05 00 00 00"));
        server.sends("1: " + OKAY);
        client.expect("1: " + OKAY);
        looks(command -> Decision.PROCEED);
        client.sends(last());
        server.expect(execute("05 00 00 00"));
    }

    @Test
    void whatIsPreparedInPlaceOfTheClientsStatementIsItsLast() {
        for (boolean held : new boolean[] {false, true}) {
            looks(command -> {
                append(1, "16 'DO 2'", held);
                return command == 0x16 ? Decision.SEND_QUERIES : Decision.PROCEED;
            });
            hooks.readQueryResult = injection -> Decision.PROCEED;
            if (session == null) {
                begun();
            }
            client.sends(PREPARE);
            server.expect("0: 16 'DO 2'");
            server.sends(prepared(held ? 8 : 9));
            client.expect(prepared(held ? 8 : 9));
            looks(command -> Decision.PROCEED);
            client.sends(last());
            server.expect(execute(held ? "08 00 00 00" : "09 00 00 00"));
            server.sends("1: " + OKAY);
            client.expect("1: " + OKAY);
        }
    }

    @Test
    void aStatementThatOnlyTheScriptHasPreparedIsShownByItsNumber() {
        looks(command -> command == 0x16 ? raw("00 4d 00 00 00 00 00 00 00 00 00 00") : okay());
        begun();
        client.sends(PREPARE + "\n" + last());
        client.expect("1: 00 4d 00 00 00 00 00 00 00 00 00 00\n1: " + OKAY);
        server.expectNothing();
        assertThat(seen.get(1)).isEqualTo(bytes("17 4d 00 00 00 00 01 00 00 00"));
    }

    /** Whatever else was prepared on the connection: nobody asked to execute that. */
    @Test
    void afterAFailureNothingIsExecuted() {
        looks(command -> Decision.PROCEED);
        begun();
        passes(PREPARE, prepared(5));
        client.sends(PREPARE + "\n" + last());
        server.expect(PREPARE);
        server.sends(FAILED);
        client.expect(FAILED);
        server.expect(execute("00 00 00 00"));
        server.sends(UNKNOWN);
        client.expect(UNKNOWN);
        looks(command -> command == 0x16 ? denied() : Decision.PROCEED);
        client.sends(PREPARE + "\n" + last());
        client.expect("1: ff 6a 04 '#HY000denied'");
        server.expect(execute("00 00 00 00"));
    }

    @Test
    void withoutTheFlagTheNumberIsJustANumber() {
        looks(command -> Decision.PROCEED);
        loggedIn();
        passes(PREPARE, prepared(5));
        passes(last(), UNKNOWN);
    }

    @Test
    void rowsOfABulkExecutionAreThoseOfAnExecution() {
        begun();
        passes("0: fa 05 00 00 00 80 00 08 00 00 01 '1'", """
                1: 01
                2: 03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00
                3: fe 00 00 02 00
                4: 00 00 01 00 00 00 00 00 00 00
                5: 00 00 02 00 00 00 00 00 00 00
                6: fe 00 00 02 00""");
        ping();
    }
}
