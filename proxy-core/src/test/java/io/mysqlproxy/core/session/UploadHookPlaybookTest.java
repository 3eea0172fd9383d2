package io.mysqlproxy.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.response.ResponseSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** LOCAL INFILE and scripts: lua-api.md 4.8. */
class UploadHookPlaybookTest extends Playbook {
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

    private void inject(boolean buffered, Function<Injection, Decision> hook) {
        hooks.readQuery = packet -> {
            append(1, "03 'LOAD'", buffered);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = hook;
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
    void aFileThatAScriptAsksForInPlaceOfAResultIsNoCommand() {
        hooks.readQuery = packet -> {
            append(1, "03 'SELECT 1'", true);
            return Decision.SEND_QUERIES;
        };
        hooks.readQueryResult = injection -> raw("fb 'mine'");
        client.sends("0: 03 'LOAD DATA LOCAL INFILE'");
        server.expect("0: 03 'SELECT 1'");
        server.sends("1: 00 00 00 02 00 00 00");
        client.expect("1: fb 'mine'");
        client.sends("2: 01\n3:");
        client.expect("4: 00 00 00 02 00 00 00");
        server.expectNothing();
        hooks.readQuery = packet -> Decision.PROCEED;
        ping();
    }

    @Test
    @Tag("C-98")
    void aHeldInjectionAsksTheClientOnceTheScriptHasSeenIt() {
        inject(true, injection -> {
            assertThat(injection.summary().queryStatus()).isEqualTo(ResponseSummary.ABSENT);
            return Decision.PROCEED;
        });
        client.sends("0: 03 'go'");
        server.expect("0: 03 'LOAD'");
        server.sends(REQUEST);
        client.expect(REQUEST);
        client.sends(FILE);
        server.expect(FILE);
        server.sends(OKAY);
        client.expect(OKAY);
        assertThat(hooks.calls).filteredOn("read_query_result 1"::equals).hasSize(1);
        assertThat(log.errors()).isEmpty();
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
}
