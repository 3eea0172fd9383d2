package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.query.Injection;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;

/** A session that is logged in, and whose commands a script replaces by a queue. */
abstract class QueuedPlaybook extends Playbook {
    @BeforeEach
    void login() {
        loggedIn();
    }

    /** The client's next command is replaced by these; those with a star are buffered. */
    void queue(String... queries) {
        hooks.readQuery = packet -> {
            for (int i = 0; i < queries.length; i++) {
                append(i + 1, "03 '" + queries[i].replace("*", "") + "'", queries[i].endsWith("*"));
            }
            return Decision.SEND_QUERIES;
        };
        client.sends("0: 03 'go'");
    }

    /** What the hook says to each answer of the queue. */
    void results(Function<Injection, Decision> hook) {
        hooks.readQueryResult = hook;
    }

    /** The server is asked this and says that. */
    void answered(String query, String answer) {
        server.expect("0: 03 '" + query + "'");
        server.sends(answer);
    }

    /** The session goes on as if nothing had been queued. */
    void usable() {
        hooks.readQuery = null;
        ping();
    }
}
