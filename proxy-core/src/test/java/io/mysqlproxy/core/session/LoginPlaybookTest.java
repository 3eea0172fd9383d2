package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.script.Bytes;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logging in, without a script: protocol.md 3. */
class LoginPlaybookTest extends Playbook {
    private static final String OKAY = "00 00 00 02 00 00 00";
    private static final String DENIED = "ff 15 04 '#28000Access denied'";

    @BeforeEach
    void greeting() {
        greeted();
    }

    private void login() {
        client.sends(Dialogue.LOGIN);
        server.expect(Dialogue.LOGIN);
    }

    @Test
    void native41() {
        login();
        server.sends("2: " + OKAY);
        client.expect("2: " + OKAY);
        ping();
        assertThat(session.client().login())
                .isEqualTo(new Login(
                        Bytes.latin1("bob"),
                        Bytes.latin1("0123456789abcdefghij"),
                        Bytes.latin1("mysql_native_password"),
                        session.client().login().charset()));
        assertThat(session.server().leg().login()).isEqualTo(session.client().login());
        assertThat(session.client().defaultDb()).isEqualTo(Bytes.latin1("shop"));
        assertThat(session.server().leg().defaultDb()).isEqualTo(Bytes.latin1("shop"));
    }

    @Test
    @Tag("W-16")
    @Tag("R2")
    void cachingSha2Fast() {
        login();
        server.sends("2: 01 03");
        client.expect("2: 01 03");
        server.sends("3: " + OKAY); // the client says nothing in between
        client.expect("3: " + OKAY);
        ping();
    }

    @Test
    void cachingSha2Full() {
        login();
        server.sends("2: 01 04");
        client.expect("2: 01 04");
        client.sends("3: 02");
        server.expect("3: 02");
        server.sends("4: 01 '-----BEGIN PUBLIC KEY-----'");
        client.expect("4: 01 '-----BEGIN PUBLIC KEY-----'");
        client.sends("5: e1*256");
        server.expect("5: e1*256");
        server.sends("6: " + OKAY);
        client.expect("6: " + OKAY);
        ping();
    }

    @Test
    @Tag("W-15")
    void aSwitchToAnotherPlugin() {
        login();
        server.sends("2: fe 'mysql_native_password' 00 '1234567890123456789' 00 00");
        client.expect("2: fe 'mysql_native_password' 00 '1234567890123456789' 00 00");
        client.sends("3: 7a*20");
        server.expect("3: 7a*20");
        server.sends("4: " + OKAY);
        client.expect("4: " + OKAY);
        ping();
    }

    @Test
    @Tag("W-15")
    void theOldPasswordRequestIsPassedOn() {
        login();
        server.sends("2: fe");
        client.expect("2: fe");
        client.sends("3: 'olddhash' 00");
        server.expect("3: 'olddhash' 00");
        server.sends("4: " + DENIED);
        client.expect("4: " + DENIED);
        client.expectClosed();
    }

    /** A server asks for a second factor only where the client can be asked. */
    @Test
    @Tag("W-17")
    void aClientThatKnowsFactorsSaysSoToTheServer() {
        String login = Dialogue.LOGIN.replace("8d a2 2f 00", "8d a2 2f 10");
        client.sends(login);
        server.expect(login);
    }

    @Test
    @Tag("W-16")
    @Tag("W-17")
    void anOpaquePluginTakesAsManyStepsAsItNeeds() {
        login();
        server.sends("2: fe 'dialog' 00 'Password: '");
        client.expect("2: fe 'dialog' 00 'Password: '");
        client.sends("3: 's3cr3t' 00");
        server.expect("3: 's3cr3t' 00");
        server.sends("4: 01 04 'One-time code: '");
        client.expect("4: 01 04 'One-time code: '");
        client.sends("5:"); // an empty answer
        server.expect("5:");
        server.sends("6: 02 'webauthn' 00 'challenge'");
        client.expect("6: 02 'webauthn' 00 'challenge'");
        client.sends("7: 'touched'");
        server.expect("7: 'touched'");
        server.sends("8: " + OKAY);
        client.expect("8: " + OKAY);
        ping();
    }

    @Test
    void aDeniedLoginEndsAfterTheServersWord() {
        login();
        server.sends("2: " + DENIED);
        client.expect("2: " + DENIED);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    @Tag("C-37")
    void aClientBefore41IsTurnedAway() {
        hooks.readAuth = Playbook::okay;
        client.sends("1: 05 24 00 00 00 'bob' 00 'xxxxxxxx'");
        client.expect("2: ff d7 07 '4.0 protocol is not supported'");
        client.expectClosed();
        farewell();
        assertThat(hooks.calls).containsExactly("connect_server", "read_handshake", "disconnect_client");
    }

    @Test
    void aRequestForTlsThatWasNotOfferedEndsTheConnection() {
        client.sends("1: 8d aa 2f 00 00 00 00 01 ff 00*23");
        client.expectClosed();
        farewell();
    }

    @Test
    @Tag("W-09")
    @Tag("R8")
    void flagsThatWereNotOfferedAreNotPassedOn() {
        client.sends("""
                1: ad a2 2f 06            | COMPRESS, OPTIONAL_RESULTSET_METADATA, ZSTD
                   00 00 00 01 ff 00*23
                   'bob' 00 14 '0123456789abcdefghij' 'shop' 00 'mysql_native_password' 00""");
        server.expect(Dialogue.LOGIN);
    }

    /** One byte for the character set, which is what a collation above 255 leaves of its number. */
    @Test
    @Tag("W-10")
    void theLongestPacketAndTheCharacterSetAreTheClients() {
        String login = Dialogue.LOGIN.replace("00 00 00 01 ff", "00 30 02 00 2d");
        client.sends(login);
        server.expect(login);
        assertThat(session.client().login().charset()).isEqualTo(0x2d);
    }

    @Test
    void attributesOfTheClientReachTheServer() {
        String login = """
                1: 8d a2 3f 00 00 00 00 01 ff 00*23
                   'bob' 00 14 '0123456789abcdefghij' 'shop' 00 'mysql_native_password' 00
                   11 03 '_os' 05 'Linux' 04 '_pid' 01 '7'""";
        client.sends(login);
        server.expect(login);
    }

    @Test
    void malformedAttributesEndTheConnection() {
        client.sends("""
                1: 8d a2 3f 00 00 00 00 01 ff 00*23
                   'bob' 00 14 '0123456789abcdefghij' 'shop' 00 'mysql_native_password' 00
                   05 09 '_os'""");
        client.expectClosed();
        farewell();
    }

    @Test
    @Tag("W-35")
    void aLoginOutOfOrderEndsTheConnection() {
        client.sends(Dialogue.LOGIN.replaceFirst("1:", "0:"));
        client.expect("1: ff 84 04 'Got packets out of order'");
        client.expectClosed();
        farewell();
    }

    @Test
    void aServerThatGivesUpOnTheClientIsHeard() {
        server.sends("1: ff 11 0b '#08S01Got timeout reading'");
        client.expect("1: ff 11 0b '#08S01Got timeout reading'");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void anAnswerOutOfOrderEndsTheConnection() {
        login();
        server.sends("3: " + OKAY);
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aLoginOfSixteenMegabytesIsNotWaitedFor() {
        client.sends(List.of(new byte[] {-1, -1, -1, 1, 'x'}));
        client.expectClosed();
        farewell();
    }

    @Test
    void norIsAnAnswerToTheServersChallenge() {
        login();
        server.sends("2: 01 04");
        client.expect("2: 01 04");
        client.sends(List.of(new byte[] {-1, -1, -1, 3, 'x'}));
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void theClientLeavesInsteadOfLoggingIn() {
        client.leaves();
        farewell();
    }

    @Test
    void theServerLeavesInsteadOfHearingTheLogin() {
        server.leaves();
        client.expectClosed();
    }

    @Test
    void theClientLeavesInTheMiddleOfTheExchange() {
        login();
        server.sends("2: 01 04");
        client.expect("2: 01 04");
        client.leaves();
        server.expectClosed();
    }

    @Test
    void theLogSaysWhatAClientMayMissThatDoesNotSayItsPassword() {
        login();
        String asked = "2: fe 'caching_sha2_password' 00 '12345678901234567890' 00";
        server.sends(asked);
        client.expect(asked);
        client.sends("3: 7a*32");
        server.expect("3: 7a*32");
        server.sends("4: 01 04");
        client.expect("4: 01 04");
        client.leaves();
        server.expectClosed();
        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("--proxy-ssl-mode=preferred");
    }

    @Test
    void theServerLeavesInTheMiddleOfTheExchange() {
        login();
        server.leaves();
        client.expectClosed();
    }
}
