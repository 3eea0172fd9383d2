package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.leg.Addresses;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.script.Bytes;
import java.util.concurrent.TimeUnit;

/**
 * A look at a session from another thread. It is taken without the session's thread and without a lock, since it is wanted most
 * when that thread is stuck: what it says may be a moment old, and its parts may be of different moments, but none is torn.
 *
 * @param user null before the login
 * @param server null if there is none
 * @param state the phase
 */
public record SessionView(
        long id,
        String plugin,
        String client,
        Bytes user,
        Bytes schema,
        String server,
        String state,
        long silentSeconds) {
    /** A look at a session. */
    public static SessionView of(Session s) {
        Login login = s.client().login();
        ServerLink link = s.server();
        return new SessionView(
                s.id(),
                s.plugin().name(),
                Addresses.text(s.client().peer().remote()),
                login == null ? null : login.user(),
                s.client().defaultDb(),
                link == null ? null : Addresses.text(link.backend().socketAddress()),
                s.phase().getClass().getSimpleName(),
                TimeUnit.NANOSECONDS.toSeconds(s.activity().silentNanos()));
    }
}
