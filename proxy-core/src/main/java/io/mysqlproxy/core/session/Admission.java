package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last question of a login: whether there are as many of this user already as may be. Only who is in counts. */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private Admission() {}

    /** Whether the client may be in by a name: if so it is counted under it until it leaves, or becomes somebody else. */
    public static boolean granted(Session s, Bytes user) {
        return s.plugin().crowd().users().enter(s, user);
    }

    /** It may not, and is told so as MySQL says it. */
    public static Phase refused(Session s, Bytes user) {
        new Answer.Error(
                        ErrorCode.TOO_MANY_USER_CONNECTIONS,
                        "42000",
                        Bytes.utf8("User " + user + " already has more than 'max_user_connections' active connections"))
                .send(s.client());
        LOG.info("'{}' has as many clients as may be", user);
        return s.closed(CloseReason.LIMIT);
    }

    /** The session has ended. */
    static void end(Session s) {
        s.plugin().crowd().users().leave(s);
    }
}
