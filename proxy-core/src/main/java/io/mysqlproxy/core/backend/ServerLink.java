package io.mysqlproxy.core.backend;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.query.Statements;

/**
 * A connection to a backend, and how far its login got. It can change hands: from the session that opened it to a pool, and
 * on to another session. Of its owner's thread only.
 */
public final class ServerLink {
    private final ServerPeer peer;
    private final Leg leg;
    private final Backend backend;
    private final Statements statements = new Statements();
    private boolean authenticated;
    private boolean counted;

    /** A connection that has just been made; it counts as a client of the backend. */
    public ServerLink(ServerPeer peer, Backend backend) {
        this.peer = peer;
        this.leg = Leg.server(peer);
        this.backend = backend;
        backend.connected();
        count(true);
    }

    /** The side of the session that this is. */
    public Leg leg() {
        return leg;
    }

    /** What is prepared on it. */
    public Statements statements() {
        return statements;
    }

    /** The server it leads to. */
    public Backend backend() {
        return backend;
    }

    /** Whether the server has accepted a login on it, and will go on serving it. */
    public boolean authenticated() {
        return authenticated;
    }

    /** The server has accepted a login, or the connection is about to end. */
    public void authenticated(boolean value) {
        authenticated = value;
    }

    /** Whether this is the connection an event is about. */
    public boolean is(Peer other) {
        return peer == other;
    }

    /** Whether the server, or the way to it, is gone. */
    boolean ended() {
        return peer.ended();
    }

    /** Gives the connection to someone else. */
    void owner(ServerOwner owner) {
        peer.owner(owner);
    }

    /** Ends the connection; it never comes back. */
    public void close() {
        count(false);
        leg.release();
        leg.peer().close();
    }

    /** Whether a client holds it. */
    void count(boolean held) {
        if (held && !counted) {
            backend.attach();
        } else if (!held && counted) {
            backend.detach();
        }
        counted = held;
    }
}
