package io.mysqlproxy.core.backend;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.query.Statements;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.response.ResponseReader;

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
    private boolean inTransaction;

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

    /** A response is through, and says what state the session on the server is in. */
    public void answered(ResponseReader reader) {
        statements.answered(reader);
        int status = reader.status();
        if (status != ResponseReader.NO_STATUS) {
            inTransaction = (status & ServerStatus.IN_TRANS) != 0;
        }
    }

    /** The server has begun a new session on the same connection. */
    public void cleared() {
        statements.clear();
        inTransaction = false;
    }

    /** Whether a transaction is open, by the server's last word. */
    public boolean inTransaction() {
        return inTransaction;
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
