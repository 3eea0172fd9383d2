package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Errand;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.query.KillStatement;
import io.mysqlproxy.script.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement whose client is gone (W-39). Closing its connection does not end it: servers notice that when they have something
 * to say. Only the server itself can, and only someone who is logged in there as the same user can ask it to: an idle
 * connection in the pool.
 */
final class Orphan {
    private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

    private Orphan() {}

    /** Has the statement that is in flight ended, if it can be. */
    static void end(Session s) {
        ServerLink link = s.server();
        if (link == null || link.leg().login() == null) {
            return;
        }
        Bytes user = link.leg().login().user();
        long id = link.leg().greeting().threadId();
        boolean sent = Errand.send(
                link.backend(),
                user,
                server -> KillStatement.statement("KILL " + id, server),
                s.executor(),
                err -> LOG.debug("KILL {} at {}: {}", id, link.backend(), err == null ? "OK" : err));
        if (!sent) {
            LOG.info(
                    "[{}] the client left during its statement, which may run on at {} as {}: there is no idle connection"
                            + " of '{}' to end it with",
                    s.id(),
                    link.backend(),
                    id,
                    user);
        }
    }
}
