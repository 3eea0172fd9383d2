package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.script.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A script plays the server: lua-api.md 2.10. */
class MockPlaybookTest extends Playbook {
    private static final String GREETING =
            "0a '5.0.99' 00 01 00 00 00 '01234567' 00 00 82 08 02 00 00 00 00 00*10 '890123456789' 00";
    private static final String LOGIN = "1: 85 a6 03 00 00 00 00 01 21 00*23 'bob' 00 14 'xxxxxxxxxxxxxxxxxxxx'";
    private static final String OKAY = "00 00 00 02 00 00 00";

    @BeforeEach
    void mock() {
        hooks.connectServer = () -> raw(GREETING);
        hooks.readAuthResult = packet -> Decision.PROCEED;
        clientConnects();
        client.expect("0: " + GREETING);
        assertThat(connector.attempts()).isEmpty();
    }

    private void login() {
        client.sends(LOGIN);
        client.expect("2: " + OKAY);
    }

    @Test
    @Tag("C-22")
    void anyLoginIsWelcome() {
        login();
        hooks.readQuery = packet -> okay();
        client.sends("0: 03 'SELECT 1'");
        client.expect("1: " + OKAY);
        assertThat(hooks.calls).containsExactly("connect_server", "read_auth", "read_query 3 SELECT 1");
        assertThat(session.client().greeting().serverVersion()).isEqualTo("5.0.99");
        assertThat(session.client().login().user()).isEqualTo(Bytes.latin1("bob"));
    }

    @Test
    @Tag("C-38")
    void aSchemaIsNotReadIfItWasNotOffered() {
        client.sends("1: 8d a6 03 00 00 00 00 01 21 00*23 'bob' 00 14 'xxxxxxxxxxxxxxxxxxxx' 'shop' 00");
        client.expect("2: " + OKAY);
        assertThat(session.client().defaultDb()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aScriptCanRefuseTheLogin() {
        hooks.readAuth = Playbook::denied;
        client.sends(LOGIN);
        client.expect("2: ff 6a 04 '#HY000denied'");
        client.expectClosed();
    }

    @Test
    void aLoginForNoServerEndsTheConnection() {
        hooks.readAuth = () -> {
            append(1, "'login'", false);
            return Decision.SEND_QUERIES;
        };
        client.sends(LOGIN);
        client.expectClosed();
    }

    @Test
    void aCommandForNoServerEndsTheConnection() {
        login();
        hooks.readQuery = packet -> Decision.PROCEED;
        client.sends("0: 03 'SELECT 1'");
        client.expectClosed();
        assertThat(log.errors()).singleElement().asString().contains("I have no server backend, closing connection");
    }

    @Test
    void aQueueForNoServerEndsTheConnection() {
        login();
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT 1'", true);
            return Decision.SEND_QUERIES;
        };
        client.sends("0: 03 'SELECT 1'");
        client.expectClosed();
    }

    @Test
    void aQueueBehindAnAnswerIsForgotten() {
        login();
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT 1'", true);
            return okay();
        };
        client.sends("0: 03 'SELECT 1'");
        client.expect("1: " + OKAY);
        assertThat(session.queue().size()).isZero();
        assertThat(log.errors()).isEmpty();
    }

    @Test
    @Tag("C-99")
    void aFileThatTheScriptAsksForIsSwallowed() {
        login();
        hooks.readQuery = packet -> raw("fb 'file'");
        client.sends("0: 03 'LOAD DATA LOCAL INFILE'");
        client.expect("1: fb 'file'");
        client.sends("2: '1,one'\n3: '2,two'");
        client.expectNothing();
        client.sends("4:");
        client.expect("5: " + OKAY);
        hooks.readQuery = packet -> okay();
        client.sends("0: 0e");
        client.expect("1: " + OKAY);
    }

    @Test
    void onlyAQueryCanAskForAFile() {
        login();
        hooks.readQuery = packet -> raw("fb 'file'");
        client.sends("0: 16 'SELECT 1'");
        client.expect("1: fb 'file'");
        hooks.readQuery = packet -> okay();
        client.sends("0: 0e");
        client.expect("1: " + OKAY);
    }

    @Test
    void quitCanBeAnswered() {
        login();
        hooks.readQuery = packet -> okay();
        client.sends("0: 01");
        client.expect("1: " + OKAY);
        client.leaves();
        client.expectClosed();
        assertThat(hooks.calls).endsWith("disconnect_client");
    }

    @Test
    void theClientLeavesInsteadOfLoggingIn() {
        client.leaves();
        client.expectClosed();
    }

    @Test
    void theSchemaFollowsWhatTheScriptAcknowledges() {
        login();
        hooks.readQuery = packet -> okay();
        client.sends("0: 02 'crm'");
        client.expect("1: " + OKAY);
        assertThat(session.client().defaultDb()).isEqualTo(Bytes.latin1("crm"));
    }
}
