package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.kill.Kill;
import io.mysqlproxy.core.kill.Kills;
import io.mysqlproxy.wire.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement whose client is gone (W-39). Closing its connection does not end it: servers notice that when they have something
 * to say. Only the server itself can, and someone has to ask it to.
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
        Kill kill = Kill.of(link, false);
        boolean sent = s.plugin().kills().send(kill, s.slot().connector(), s.executor(), err -> {
            boolean told = err == null
                    || err.code() == ErrorCode.NO_SUCH_THREAD // it had ended
                    || Kills.mayStillCome(err)
                    || err.code() == ErrorCode.UNKNOWN_ERROR; // both in the log, once for all that waited
            if (!told) {
                runsOn(s, kill, err.code() + " " + err.message());
            }
        });
        if (!sent) {
            runsOn(s, kill, s.plugin().kills().excuse(kill));
        }
    }

    private static void runsOn(Session s, Kill kill, String why) {
        LOG.info(
                "the client left during its statement, which may run on at {} as {}: {}",
                kill.backend(),
                kill.id(),
                why);
    }
}
