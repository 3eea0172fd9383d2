package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.script.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a script can do about a login: lua-api.md 2.3, 2.4. */
class AuthHookPlaybookTest extends Playbook {
    private static final String OKAY = "00 00 00 02 00 00 00";
    private static final String DENIED = "ff 15 04 '#28000Access denied'";

    private void login() {
        greeted();
        client.sends(Dialogue.LOGIN);
        server.expect(Dialogue.LOGIN);
    }

    @Test
    @Tag("C-31")
    void aLoginThatAScriptRefusesNeverReachesTheServer() {
        hooks.readAuth = Playbook::denied;
        greeted();
        client.sends(Dialogue.LOGIN);
        client.expect("2: ff 6a 04 '#HY000denied'");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aLoginThatAScriptAcceptsLeadsToCommands() {
        hooks.readAuth = Playbook::okay;
        hooks.readQuery = packet -> okay();
        greeted();
        client.sends(Dialogue.LOGIN);
        client.expect("2: " + OKAY);
        server.expectNothing();
        client.sends("0: 0e");
        client.expect("1: " + OKAY);
    }

    @Test
    @Tag("C-32")
    void aScriptCanSendItsOwnLogin() {
        hooks.readAuth = () -> {
            append(1, "8d a2 2f 00 'not the client'", false);
            append(2, "03 'never sent'", false);
            return Decision.SEND_QUERIES;
        };
        greeted();
        client.sends(Dialogue.LOGIN);
        server.expect("1: 8d a2 2f 00 'not the client'");
        server.sends("2: " + OKAY);
        client.expect("2: " + OKAY);
        ping();
    }

    @Test
    void aScriptSeesWhoLogsIn() {
        List<Bytes> seen = new ArrayList<>();
        hooks.readAuth = () -> {
            seen.add(session.client().login().user());
            seen.add(session.client().defaultDb());
            return Decision.PROCEED;
        };
        login();
        assertThat(seen).containsExactly(Bytes.latin1("bob"), Bytes.latin1("shop"));
    }

    @Test
    @Tag("C-34")
    void aScriptSeesEveryPacketOfTheServer() {
        hooks.readAuthResult = packet -> {
            assertThat(session.server().leg().login().user()).isEqualTo(Bytes.latin1("bob"));
            assertThat(session.server().leg().defaultDb()).isEqualTo(Bytes.latin1("shop"));
            return Decision.PROCEED;
        };
        login();
        server.sends("2: fe 'mysql_native_password' 00 '12345678901234567890' 00");
        client.expect("2: fe 'mysql_native_password' 00 '12345678901234567890' 00");
        client.sends("3: 7a*20");
        server.expect("3: 7a*20");
        server.sends("""
                4: 01 03
                5: 00 00 00 02 00 00 00""");
        client.expect("""
                4: 01 03
                5: 00 00 00 02 00 00 00""");
        assertThat(hooks.calls)
                .filteredOn(c -> c.startsWith("read_auth_result"))
                .containsExactly("read_auth_result 254", "read_auth_result 1", "read_auth_result 0");
        assertThat(log.errors()).isEmpty();
        ping();
    }

    @Test
    @Tag("C-36")
    void anErrorOfTheServerReplacedByAnOkayIsStillTheEnd() {
        hooks.readAuthResult = packet -> okay();
        login();
        server.sends("2: " + DENIED);
        client.expect("2: " + OKAY);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void anOkayOfTheServerReplacedByAnErrorIsTheEnd() {
        hooks.readAuthResult = packet -> denied();
        login();
        server.sends("2: " + OKAY);
        client.expect("2: ff 6a 04 '#HY000denied'");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void anOkayOfTheServerReplacedByAnotherOneLeadsToCommands() {
        hooks.readAuthResult = packet -> raw("00 00 00 02 00 01 00");
        login();
        server.sends("2: " + OKAY);
        client.expect("2: 00 00 00 02 00 01 00");
        ping();
    }

    @Test
    void aSwitchReplacedByAnotherOneGoesOn() {
        hooks.readAuthResult = packet -> packet.array()[0] == (byte) 0xFE ? raw("fe 'other' 00") : Decision.PROCEED;
        login();
        server.sends("2: fe 'mysql_native_password' 00 '12345678901234567890' 00");
        client.expect("2: fe 'other' 00");
        client.sends("3: 'answer'");
        server.expect("3: 'answer'");
        server.sends("4: " + OKAY);
        client.expect("4: " + OKAY);
        ping();
    }

    @Test
    void severalPacketsOfAScriptKeepTheNumberingOfBothSides() {
        hooks.readAuthResult = packet -> packet.array()[0] == 1 ? raw("01 03", "01 03") : Decision.PROCEED;
        login();
        server.sends("2: 01 03");
        client.expect("""
                2: 01 03
                3: 01 03""");
        server.sends("3: " + OKAY);
        client.expect("4: " + OKAY);
        ping();
    }

    @Test
    void aHookThatBreaksEndsTheSession() {
        hooks.readAuthResult = packet -> {
            throw new IllegalStateException("a fault of the proxy");
        };
        login();
        server.sends("2: " + OKAY);
        client.expectClosed();
        server.expectClosed();
        assertThat(log.errors()).hasSize(1);
    }
}
