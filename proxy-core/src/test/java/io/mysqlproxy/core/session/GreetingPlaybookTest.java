package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.packet.Greeting;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server speaks first: W-01 to W-05, lua-api.md 2.2. */
class GreetingPlaybookTest extends Playbook {
    @BeforeEach
    void connected() {
        clientConnects();
        serverAccepts(DB);
    }

    @Test
    @Tag("C-29")
    void theClientSeesTheGreetingWithoutWhatCannotBeRelayed() {
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
    }

    @Test
    @Tag("R1")
    @Tag("R8")
    void whatIsShownHasNoneOfTheFlagsThatChangeUnknownLayouts() {
        server.sends(Dialogue.GREETING);
        byte[] frame = client.peer().taken();
        Capabilities shown = Greeting.read(Unpooled.wrappedBuffer(frame, 4, frame.length - 4))
                .capabilities();
        for (long flag : new long[] {
            Capabilities.COMPRESS,
            Capabilities.SSL,
            Capabilities.QUERY_ATTRIBUTES,
            Capabilities.OPTIONAL_RESULTSET_METADATA,
            Capabilities.ZSTD_COMPRESSION_ALGORITHM,
            Capabilities.CAPABILITY_EXTENSION,
            Capabilities.SSL_VERIFY_SERVER_CERT,
            Capabilities.REMEMBER_OPTIONS
        }) {
            assertThat(shown.has(flag)).as("flag %x", flag).isFalse();
        }
        assertThat(shown.has(Capabilities.PLUGIN_AUTH
                        | Capabilities.DEPRECATE_EOF
                        | Capabilities.SESSION_TRACK
                        | Capabilities.MULTI_FACTOR_AUTHENTICATION))
                .isTrue();
    }

    @Test
    @Tag("W-04")
    @Tag("W-05")
    void mariaDbIsShownWithoutItsExtendedFlagsAndWithTheSchemaFlag() {
        server.sends("""
                0: 0a '5.5.5-10.11.9-MariaDB-log' 00
                   07 00 00 00
                   'abcdefgh' 00
                   f6 f7                | neither LONG_PASSWORD nor CONNECT_WITH_DB
                   2d 02 00
                   ff 81
                   15 00*6
                   1d 00 00 00          | the extended word
                   'ijklmnopqrst' 00
                   'mysql_native_password' 00""");
        client.expect("""
                0: 0a '5.5.5-10.11.9-MariaDB-log' 00
                   07 00 00 00
                   'abcdefgh' 00
                   df b7
                   2d 02 00
                   ff 01
                   15 00*6
                   00*4
                   'ijklmnopqrst' 00
                   'mysql_native_password' 00""");
    }

    @Test
    void aServerBeforePluginsIsShownAsOne() {
        server.sends("""
                0: 0a '5.1.73' 00 05 00 00 00 'abcdefgh' 00
                   ff f7 08 02 00 00 00 00 00*10 'ijklmnopqrst' 00""");
        client.expect("""
                0: 0a '5.1.73' 00 05 00 00 00 'abcdefgh' 00
                   df b7 08 02 00 00 00 00 00*10 'ijklmnopqrst' 00""");
    }

    @Test
    void aPluginNameWithoutItsNulGetsOne() {
        server.sends("""
                0: 0a '5.5.8' 00 05 00 00 00 'abcdefgh' 00
                   ff f7 08 02 00 0f 00 15 00*10 'ijklmnopqrst' 00 'mysql_native_password'""");
        client.expect("""
                0: 0a '5.5.8' 00 05 00 00 00 'abcdefgh' 00
                   df b7 08 02 00 0f 00 15 00*10 'ijklmnopqrst' 00 'mysql_native_password' 00""");
    }

    @Test
    @Tag("W-01")
    void anErrorInPlaceOfTheGreetingIsPassedOnAsItIs() {
        server.sends("0: ff 10 04 'Too many connections'");
        client.expect("0: ff 10 04 'Too many connections'");
        client.expectClosed();
        server.expectClosed();
        assertThat(hooks.calls).containsExactly("connect_server", "disconnect_client");
    }

    @Test
    @Tag("W-01")
    void anErrorWithAStateIsPassedOnToo() {
        server.sends("0: ff 6a 04 '#HY000Host is not allowed'");
        client.expect("0: ff 6a 04 '#HY000Host is not allowed'");
        client.expectClosed();
    }

    @Test
    @Tag("W-02")
    void anOlderHandshakeClosesWithoutAPacket() {
        server.sends("0: 09 '3.20' 00 01 00 00 00 'abcdefgh' 00");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aGreetingThatIsCutOffClosesWithoutAPacket() {
        server.sends("0: 0a '8.4.3' 00 2a 00");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aGreetingOutOfOrderClosesWithoutAPacket() {
        server.sends(Dialogue.GREETING.replaceFirst("0:", "1:"));
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aServerThatClosesBeforeItsGreetingTakesTheClientWithIt() {
        server.leaves();
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aServerIsNotLeftBeforeItsGreeting() {
        client.leaves();
        server.expectNothing();
        server.sends(Dialogue.GREETING);
        farewell();
    }

    /** A channel that has closed takes nothing, and says only afterwards that it has. */
    @Test
    @Tag("W-08")
    void aGreetingThatNobodyTookAnyMoreIsAnswered() {
        client.stalls();
        server.sends(Dialogue.GREETING);
        client.leaves();
        farewell();
    }

    /** Whatever method it would have the login use: nobody's password is empty. */
    @Test
    @Tag("W-08")
    void theServerMayAskTheClientThatHasLeft() {
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
        client.leaves();
        server.expect(Dialogue.FAREWELL);
        server.sends("2: fe 'mysql_native_password' 00 'ABCDEFGHIJKLMNOPQRST' 00");
        server.expect("3:");
        server.sends("4: 01 04");
        server.expect("5: 00");
        server.sends("6: ff 15 04 '#28000denied'");
        server.expectClosed();
    }

    @Test
    @Tag("W-08")
    void aServerThatLetsEverybodyInIsToldGoodbye() {
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
        client.leaves();
        server.expect(Dialogue.FAREWELL);
        server.sends("2: 00 00 00 02 00 00 00");
        server.expect("0: 01");
        server.expectClosed();
    }

    @Test
    @Tag("W-08")
    void aServerThatRefusesTheProxyIsLeftAtOnce() {
        client.leaves();
        server.sends("0: ff 69 04 'Host is blocked'");
        server.expectClosed();
    }

    @Test
    @Tag("W-08")
    void nothingElseOfSuchAServerMatters() {
        client.leaves();
        server.sends("0: 09 'old' 00");
        server.expectClosed();
    }

    @Test
    @Tag("C-30")
    void aScriptSeesTheServersGreetingButNotYetTheClients() {
        hooks.readHandshake = () -> {
            assertThat(session.server().leg().greeting().threadId()).isEqualTo(42);
            assertThat(session.client().greeting()).isNull();
            return Decision.PROCEED;
        };
        hooks.readAuth = () -> {
            assertThat(session.client().greeting().threadId()).isEqualTo(42);
            return Decision.PROCEED;
        };
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
        client.sends(Dialogue.LOGIN);
        server.expect(Dialogue.LOGIN);
        assertThat(hooks.calls).containsExactly("connect_server", "read_handshake", "read_auth");
        assertThat(log.errors()).isEmpty();
    }

    @Test
    @Tag("C-28")
    void aScriptThatDeniesIsTheLastWord() {
        hooks.readHandshake = Playbook::denied;
        server.sends(Dialogue.GREETING);
        client.expect("0: ff 6a 04 'denied'");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aGreetingOfAScriptIsSentAndTheLastWord() {
        hooks.readHandshake = () -> raw("0a '9.9.9' 00");
        server.sends(Dialogue.GREETING);
        client.expect("0: 0a '9.9.9' 00");
        client.expectClosed();
        server.expectClosed();
    }

    @Test
    void aClientThatTalksFirstWaits() {
        client.sends(Dialogue.LOGIN);
        server.expectNothing();
        server.sends(Dialogue.GREETING);
        client.expect(Dialogue.GREETING_SHOWN);
        server.expect(Dialogue.LOGIN);
    }
}
