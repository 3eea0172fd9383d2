package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** COM_CHANGE_USER, and commands that never end: lua-api.md 4.7, 4.9, W-46. */
class ChangeUserPlaybookTest extends Playbook {
    private static final String CHANGE =
            "0: 11 'eve' 00 14 'abcdefghij0123456789' 'crm' 00 2d 00 'mysql_native_password' 00";
    private static final String SWITCH = "fe 'caching_sha2_password' 00 '12345678901234567890' 00";
    private static final String OKAY = "00 00 00 02 00 00 00";
    private static final String DUMP = "0: 12 04 00 00 00 00 00 01 00 00 00 'bin.1'";

    @Test
    void anotherUserIsAcceptedAtOnce() {
        loggedIn();
        passes(CHANGE, "1: " + OKAY);
        assertThat(session.client().login().user()).isEqualTo(Bytes.latin1("eve"));
        assertThat(session.server().leg().login().user()).isEqualTo(Bytes.latin1("eve"));
        ping();
    }

    @Test
    @Tag("J-42")
    void theSchemaIsThatOfTheOtherUser() {
        loggedIn();
        passes(CHANGE, "1: " + OKAY);
        assertThat(session.client().defaultDb()).isEqualTo(Bytes.latin1("crm"));
        assertThat(session.server().leg().defaultDb()).isEqualTo(Bytes.latin1("crm"));
    }

    @Test
    @Tag("W-18")
    @Tag("W-46")
    @Tag("R6")
    void theServerMayAskForAnotherPlugin() {
        loggedIn();
        passes(CHANGE, "1: " + SWITCH);
        client.sends("2: 7a*32");
        server.expect("2: 7a*32");
        server.sends("3: 01 04");
        client.expect("3: 01 04");
        client.sends("4: 02");
        server.expect("4: 02");
        server.sends("5: 01 'key'");
        client.expect("5: 01 'key'");
        client.sends("6: e1*256");
        server.expect("6: e1*256");
        server.sends("7: " + OKAY);
        client.expect("7: " + OKAY);
        assertThat(session.client().login().user()).isEqualTo(Bytes.latin1("eve"));
        ping();
    }

    @Test
    @Tag("W-46")
    void anAnswerToAChallengeThatIsNotTheServersIsWithheld() {
        loggedIn();
        session.server().leg().challenge(ByteString.of("a switch of another client"));
        client.sends(CHANGE);
        server.expect("0: 11 'eve' 00 00 'crm' 00 2d 00 'proxy_asks_for_a_switch' 00");
        server.sends("1: " + SWITCH);
        client.expect("1: " + SWITCH);
        client.sends("2: 7a*32");
        server.expect("2: 7a*32");
        server.sends("3: " + OKAY);
        client.expect("3: " + OKAY);
        passes(CHANGE, "1: " + OKAY); // now both know the same challenge
    }

    @Test
    void aRefusalChangesNothing() {
        loggedIn();
        passes(CHANGE, "1: ff 15 04 '#28000Access denied'");
        assertThat(session.client().login().user()).isEqualTo(Bytes.latin1("bob"));
        assertThat(session.client().defaultDb()).isEqualTo(Bytes.latin1("shop"));
        ping();
    }

    @Test
    void idsOfTheTwoSidesAreIndependent() {
        loggedIn();
        client.sends(CHANGE.replaceFirst("0:", "9:"));
        server.expect(CHANGE);
        server.sends("1: " + SWITCH);
        client.expect("10: " + SWITCH);
        client.sends("11: 7a*20");
        server.expect("2: 7a*20");
        server.sends("3: " + OKAY);
        client.expect("12: " + OKAY);
    }

    @Test
    @Tag("C-68")
    void aScriptCanCloseAfterIt() {
        hooks.readQuery = packet -> {
            session.closeRequested(true);
            return Decision.PROCEED;
        };
        loggedIn();
        passes(CHANGE, "1: " + OKAY);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void asAnInjectionItIsPlayedThroughAndTheQueueGoesOn() {
        hooks.readQuery = packet -> {
            append(1, CHANGE.substring(3), false);
            append(2, "03 'SELECT 1'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> Decision.DROP;
        loggedIn();
        client.sends("0: 03 'go'");
        server.expect(CHANGE);
        server.sends("1: " + OKAY);
        client.expect("1: " + OKAY);
        server.expect("0: 03 'SELECT 1'");
        server.sends(Dialogue.ONE_ROW);
        client.expectNothing();
        assertThat(session.client().login().user()).isEqualTo(Bytes.latin1("eve"));
        hooks.readQuery = null;
        ping();
    }

    @Test
    void anythingTheServerSaysAboutItPassesUntilItDecides() {
        loggedIn();
        passes(CHANGE, "1: 01 'a'");
        server.sends("2: 01 'b'");
        client.expect("2: 01 'b'");
        client.leaves();
        server.expectClosed();
    }

    @Test
    void aBinaryLogPassesInBothDirectionsWithoutEnd() {
        loggedIn();
        client.sends(DUMP);
        server.expect(DUMP);
        server.sends("1: 00 'rotate'\n2: 00 'event'");
        client.expect("1: 00 'rotate'\n2: 00 'event'");
        client.sends("0: ef 'ack'");
        server.expect("0: ef 'ack'");
        server.sends("3: fe 00 00 02 00\n4: 00 'event'\n5: ff 'no end either'");
        client.expect("3: fe 00 00 02 00\n4: 00 'event'\n5: ff 'no end either'");
        server.leaves();
        client.expectClosed();
    }

    @Test
    void aDumpThatIsRefusedLeavesTheSessionWhereItWas() {
        hooks.readQuery = packet -> packet.array()[0] == 3 ? denied() : Decision.PROCEED;
        loggedIn();
        passes(DUMP, "1: ff cb 04 '#42000Access denied; you need REPLICATION SLAVE'");
        client.sends("0: 03 'DROP TABLE t'");
        client.expect("1: ff 6a 04 '#HY000denied'");
        server.expectNothing();
    }

    @Test
    void commandsBehindADumpWaitForTheServersWord() {
        hooks.readQuery = packet -> packet.array()[0] == 3 ? denied() : Decision.PROCEED;
        loggedIn();
        client.sends(DUMP + "\n0: 03 'DROP TABLE t'");
        server.expect(DUMP);
        server.sends("1: ff cb 04 '#42000Access denied'");
        client.expect("1: ff cb 04 '#42000Access denied'\n1: ff 6a 04 '#HY000denied'");
        server.expectNothing();
    }

    @Test
    void aReplicaThatLeavesEndsTheDump() {
        loggedIn();
        client.sends(DUMP);
        server.expect(DUMP);
        server.sends("1: 00 'rotate'");
        client.expect("1: 00 'rotate'");
        client.leaves();
        server.expectClosed();
    }
}
