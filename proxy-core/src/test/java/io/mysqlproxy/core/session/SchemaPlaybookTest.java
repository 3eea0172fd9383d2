package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.script.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code default_db} tells the truth: J-42, W-30. */
@Tag("J-42")
class SchemaPlaybookTest extends Playbook {
    private void expectSchema(String name) {
        assertThat(session.client().defaultDb()).as("client").isEqualTo(Bytes.latin1(name));
        assertThat(session.server().leg().defaultDb()).as("server").isEqualTo(Bytes.latin1(name));
    }

    @Test
    @Tag("C-96")
    void initDbThatIsAcknowledged() {
        loggedIn();
        expectSchema("shop");
        passes("0: 02 'crm'", Dialogue.OK);
        expectSchema("crm");
        passes("0: 02 'nope'", "1: ff 19 04 '#42000Unknown database'");
        expectSchema("crm");
        passes("0: 02", Dialogue.OK);
        expectSchema("");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "USE crm,crm",
                "use crm;,crm",
                "Use crm ; ,crm",
                "\"  use\tcrm\",crm",
                "use `crm`,crm",
                "USE`crm`,crm",
                "use `my db`,my db",
                "use `a``b`;,a`b",
                "use crm; update t set a = 1,crm",
            })
    @Tag("C-96")
    void useThatIsAcknowledged(String statement, String name) {
        loggedIn();
        passes("0: 03 '" + statement + "'", Dialogue.OK);
        expectSchema(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user crm", "use", "use ", "used", "select 1", "useless", "use a b", "use ``", " ", "u"})
    void whatOnlyLooksLikeUse(String statement) {
        loggedIn();
        passes("0: 03 '" + statement + "'", Dialogue.OK);
        expectSchema("shop");
    }

    @Test
    void useThatFails() {
        loggedIn();
        passes("0: 03 'use nope'", "1: ff 19 04 '#42000Unknown database'");
        expectSchema("shop");
    }

    @Test
    @Tag("W-30")
    void theTrackerKnowsBetter() {
        loggedIn(Dialogue.LOGIN_TRACKED);
        passes("0: 03 'CALL switch_schema()'", "1: 00 00 00 02 40 00 00 00 06 01 04 03 'crm'");
        expectSchema("crm");
        passes("0: 03 'use typed'", "1: 00 00 00 02 40 00 00 00 07 01 05 04 'real'");
        expectSchema("real");
        passes("0: 03 'DROP DATABASE real'", "1: 00 00 00 02 40 00 00 00 03 01 01 00");
        expectSchema("");
    }

    @Test
    void resettingTheConnectionKeepsIt() {
        loggedIn();
        passes("0: 1f", Dialogue.OK);
        expectSchema("shop");
    }

    @Test
    @Tag("C-96")
    void anInjectionThatIsAcknowledged() {
        loggedIn();
        hooks.readQueryResult = injection -> Decision.DROP;
        for (String query : new String[] {"02 'crm'", "03 'use other'"}) {
            for (boolean buffered : new boolean[] {true, false}) {
                hooks.readQuery = packet -> {
                    append(1, query, buffered);
                    append(2, "03 'SELECT 1'", true);
                    return Decision.SEND_QUERIES;
                };
                client.sends("0: 03 'use decoy'");
                server.expect("0: " + query);
                server.sends(Dialogue.OK);
                expectSchema(query.contains("crm") ? "crm" : "other");
                server.expect("0: 03 'SELECT 1'");
                server.sends(Dialogue.OK);
                client.peer().taken();
            }
        }
    }

    @Test
    void anInjectionThatFails() {
        loggedIn();
        hooks.readQuery = packet -> {
            append(1, "02 'nope'", true);
            return Decision.SEND_QUERIES;
        };
        client.sends("0: 03 'use decoy'");
        server.expect("0: 02 'nope'");
        server.sends("1: ff 19 04 '#42000Unknown database'");
        client.expect("1: ff 19 04 '#42000Unknown database'");
        expectSchema("shop");
    }

    @Test
    void aScriptThatAnswersForTheServer() {
        loggedIn();
        hooks.readQuery = packet -> okay();
        client.sends("0: 02 'crm'");
        client.expect(Dialogue.OK);
        expectSchema("crm");
        hooks.readQuery = packet -> denied();
        client.sends("0: 02 'nope'");
        client.expect("1: ff 6a 04 '#HY000denied'");
        expectSchema("crm");
    }
}
