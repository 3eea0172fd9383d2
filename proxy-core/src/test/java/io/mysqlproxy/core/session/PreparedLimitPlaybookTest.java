package io.mysqlproxy.core.session;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.core.hook.Decision;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client prepares more statements than it may (protocol.md 9). */
class PreparedLimitPlaybookTest extends Playbook {
    private static final String PREPARE = "0: 16 'SELECT 1'";
    private static final String TOO_MANY =
            "ff b5 05 '#42000Can' 27 't create more than max_prepared_stmt_count statements (current value: 2)'";
    private static final String UNKNOWN =
            "1: ff db 04 '#HY000Unknown prepared statement handler (4294967295) given to EXECUTE'";

    @BeforeEach
    void login() {
        allow(new Allowance(Duration.ZERO, Duration.ZERO, 0, 0, 2));
        loggedIn();
        prepares(1);
        prepares(2);
    }

    private void prepares(int id) {
        passes(PREPARE, "1: 00 0" + id + " 00 00 00 00 00 00 00 00 00 00");
    }

    private void refused() {
        client.sends(PREPARE);
        client.expect("1: " + TOO_MANY);
        server.expectNothing();
    }

    @Test
    void oneTooManyIsRefusedUntilOneIsClosed() {
        refused();
        client.sends("0: 19 01 00 00 00");
        server.expect("0: 19 01 00 00 00");
        prepares(3);
        refused();
        passes("0: 1f", Dialogue.OK);
        prepares(1);
    }

    @Test
    void anotherUserHasNone() {
        hooks.readQuery = null;
        String change = "0: 11 'ann' 00 00 'shop' 00 21 00 'mysql_native_password' 00";
        client.sends(change);
        server.peer().taken();
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
        prepares(1);
        prepares(2);
        refused();
    }

    @Test
    void theLatestStatementIsNotAnOlderOne() {
        client.sends(PREPARE + "\n0: 17 ff ff ff ff 00 01 00 00 00");
        client.expect("1: " + TOO_MANY + "\n" + UNKNOWN);
        server.expectNothing();
        client.sends("0: 17 02 00 00 00 00 01 00 00 00");
        server.expect("0: 17 02 00 00 00 00 01 00 00 00");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }

    /** Whatever is done with it, an answer or none being what the client waits for. */
    @Test
    @Tag("W-38")
    void nothingIsDoneWithAnOlderOneInItsPlace() {
        refused();
        client.sends("0: fa ff ff ff ff 80 00 01 00");
        client.expect(UNKNOWN.replace("EXECUTE", "BULK_EXECUTE"));
        client.sends("0: 1c ff ff ff ff 01 00 00 00");
        client.expect(UNKNOWN.replace("EXECUTE", "FETCH"));
        client.sends("0: 1a ff ff ff ff");
        client.expect(UNKNOWN.replace("EXECUTE", "RESET"));
        client.sends("0: 18 ff ff ff ff 00 00 'value'");
        client.sends("0: 19 ff ff ff ff");
        client.expectNothing();
        server.expectNothing();
        ping();
    }

    @Test
    void nothingOfWhatAScriptQueuesEither() {
        refused();
        hooks.readQuery = packet -> {
            append(1, "19 ff ff ff ff", false);
            return Decision.SEND_QUERIES;
        };
        client.sends("0: 19 ff ff ff ff");
        client.expectNothing();
        server.expectNothing();
        hooks.readQuery = null;
        ping();
    }

    @Test
    void aLongOneIsReadToItsEnd() {
        String sql = "x".repeat(100_000);
        client.sends(Frames.of("0: 16 '" + sql + "'\n0: 0e"));
        client.expect("1: " + TOO_MANY);
        server.expect("0: 0e");
        server.sends(Dialogue.OK);
        client.expect(Dialogue.OK);
    }

    @Test
    void whatAScriptQueuesCountsToo() {
        hooks.readQuery = packet -> {
            append(1, "16 'SELECT 1'", true);
            return Decision.SEND_QUERIES;
        };
        refused();
        hooks.readQuery = packet -> {
            append(1, "16 'SELECT 1'", false);
            return Decision.SEND_QUERIES;
        };
        refused();
    }
}
