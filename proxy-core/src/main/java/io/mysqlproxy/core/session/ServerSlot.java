package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.backend.ServerOwner;
import io.mysqlproxy.core.backend.ServerPeer;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.script.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;

/**
 * The place of a session's server connection: hears what happens on it, and knows the number scripts know it by and what
 * assigning {@code backend_ndx} does (lua-api.md 3.2, 6.4).
 */
public final class ServerSlot implements Connector.Outcome, ServerOwner {
    private static final int NONE = -1;

    private final Session session;
    private final Backends backends;
    private final Connector connector;
    private ServerLink link;
    private int index = NONE;
    private Backend connectingTo;
    private boolean gone;

    ServerSlot(Session session, Backends backends, Connector connector) {
        this.session = session;
        this.backends = backends;
        this.connector = connector;
    }

    /** The connection; null if there is none. */
    ServerLink link() {
        return link;
    }

    /** The index, from 0, that was assigned last; it does not prove that its backend is the connected one. */
    int index() {
        return index;
    }

    /** A connect step begins, or says which backend it has chosen. */
    public void index(int value) {
        index = value;
    }

    /** Connects to the backend of an index; the outcome is an event. */
    public void connect(int index) {
        this.index = index;
        connectingTo = backends.get(index);
        connector.connect(connectingTo, this);
    }

    /** The backend of the latest attempt. */
    public Backend connectingTo() {
        return connectingTo;
    }

    @Override
    public void connected(ServerPeer peer) {
        if (session.phase() == Closed.INSTANCE) {
            peer.close();
            return;
        }
        gone = false;
        link = new ServerLink(peer, connectingTo);
        session.event(() -> session.become(session.phase().serverOpened(session)));
    }

    @Override
    public void refused(Throwable cause) {
        session.event(() -> session.become(session.phase().serverRefused(session, cause)));
    }

    @Override
    public void fromServer(Peer peer, ByteBuf bytes) {
        if (has(peer)) {
            link.leg().in().feed(bytes);
            session.flowIfMuch(link.leg());
        } else {
            // It was given to a pool, or closed, while this was on its way: nobody asked for it.
            bytes.release();
            peer.close();
        }
    }

    @Override
    public void received(Peer peer) {
        session.received();
    }

    /** What the server sent before its end may still wait here. */
    @Override
    public void serverClosed(Peer peer) {
        if (has(peer)) {
            gone = true;
            session.event(() -> {});
        }
    }

    /** Whether the connection has ended. */
    boolean gone() {
        return gone;
    }

    @Override
    public void writabilityChanged(Peer peer) {
        session.event(() -> {});
    }

    @Override
    public void secured(Peer peer, Throwable failure) {
        if (has(peer)) {
            session.event(() -> {
                Phase phase = session.phase();
                session.become(failure == null ? phase.serverSecured(session) : phase.serverRefused(session, failure));
            });
        }
    }

    @Override
    public void fail(Throwable cause) {
        session.fail(cause);
    }

    @Override
    public Executor executor() {
        return session.executor();
    }

    private boolean has(Peer peer) {
        return link != null && link.is(peer);
    }

    /**
     * A script's assignment: no index lets the connection go to its pool; the index of a backend takes an idle connection from
     * there, if it has one for this user; any other number is only remembered.
     */
    void assign(int value) {
        if (value == NONE) {
            release();
        } else if (value >= 0 && value < backends.size()) {
            ServerLink taken = take(backends.get(value));
            if (taken != null) {
                release();
                link = taken;
            }
            index = value;
        } else {
            index = value;
        }
    }

    /** Gives the connection to its pool if it can be used again, else closes it. */
    public void release() {
        ServerLink left = link;
        link = null;
        index = NONE;
        gone = false;
        if (left == null) {
            return;
        }
        left.leg().flush();
        if (session.serverIdle()) {
            left.backend().pool().put(left);
        } else {
            left.close();
        }
    }

    /** Closes the connection, if there is one. */
    void close() {
        if (link != null) {
            link.leg().flush();
            link.close();
            link = null;
        }
    }

    private ServerLink take(Backend backend) {
        Leg client = session.client();
        Bytes user = client.login() == null ? Bytes.EMPTY : client.login().user();
        return backend.pool().take(user, this::fits, this);
    }

    /** Whether both sides would understand each other (W-42). Before the client has logged in nobody can tell. */
    private boolean fits(ServerLink idle) {
        Leg client = session.client();
        if (client.login() == null) {
            return true;
        }
        return Negotiation.understands(session.plugin().protocol(), client, idle.leg())
                && client.login().charset() == idle.leg().login().charset();
    }
}
