package io.mysqlproxy.core.leg;

import io.mysqlproxy.core.backend.Backend;

/**
 * A connection to a backend, and how far its login got. It can change hands: from the session that opened it to a pool, and
 * on to another session.
 */
public final class ServerLink {
    private final Leg leg;
    private final Backend backend;
    private boolean authenticated;

    /** A connection that has just been made; it counts as a client of the backend. */
    public ServerLink(Peer peer, Backend backend) {
        this.leg = Leg.server(peer);
        this.backend = backend;
        backend.connected();
        backend.attach();
    }

    /** The side of the session that this is. */
    public Leg leg() {
        return leg;
    }

    /** The server it leads to. */
    public Backend backend() {
        return backend;
    }

    /** Whether the server has accepted a login on it. */
    public boolean authenticated() {
        return authenticated;
    }

    /** The server has accepted a login, or is asked for another one. */
    public void authenticated(boolean value) {
        authenticated = value;
    }

    /** Ends the connection; it never comes back. */
    public void close() {
        backend.detach();
        leg.release();
        leg.peer().close();
    }
}
