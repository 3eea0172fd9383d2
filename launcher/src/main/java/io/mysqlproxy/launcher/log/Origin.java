package io.mysqlproxy.launcher.log;

import io.mysqlproxy.core.leg.Addresses;
import io.mysqlproxy.core.session.CurrentSession;
import io.mysqlproxy.core.session.Session;

/**
 * The session a line is about.
 *
 * @param client its address; empty for a unix socket without a name
 */
record Origin(long session, String client) {
    /** The session the current thread works for; null if there is none. */
    static Origin here() {
        Session session = CurrentSession.get();
        return session == null
                ? null
                : new Origin(
                        session.id(), Addresses.text(session.client().peer().remote()));
    }

    /** What stands before a text. */
    @Override
    public String toString() {
        return client.isEmpty() ? "[" + session + "] " : "[" + session + " " + client + "] ";
    }
}
