package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.backend.Farewell;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.backend.ServerPeer;
import io.mysqlproxy.core.leg.CloseReason;
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
public final class ServerSlot implements Connector.Asker {
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

    /** Makes connections on the session's event loop. */
    public Connector connector() {
        return connector;
    }

    /** The backend of the latest attempt. */
    public Backend connectingTo() {
        return connectingTo;
    }

    @Override
    public void connected(ServerPeer peer) {
        if (session.phase() == Closed.INSTANCE) {
            Farewell.say(new ServerLink(peer, connectingTo));
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

    /**
     * Takes a spare connection of the same backend that fits the client in place of the one that does not, which goes back.
     *
     * @return whether there is one
     */
    public boolean exchange() {
        ServerLink taken = link.backend().pool().take(Bytes.EMPTY, this::understood, this);
        if (taken == null) {
            return false;
        }
        int chosen = index;
        release();
        link = taken;
        index = chosen;
        return true;
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
        if (session.serverIdle() && !session.patience().spoiled()) {
            left.backend().pool().put(left);
        } else {
            left.close();
        }
    }

    /** Closes the connection, if there is one; the server must not count it as a broken handshake that nobody logged in (W-08). */
    void close(CloseReason reason) {
        if (link != null) {
            link.leg().flush();
            leave(link, reason);
            link = null;
        }
    }

    private static void leave(ServerLink left, CloseReason reason) {
        boolean began = left.authenticated() || left.leg().login() != null;
        // and has said nothing more: what it says unasked is its own fault
        boolean greeted = left.leg().greeting() != null && left.leg().sequence() == 1;
        boolean healthy = switch (reason) {
            case CLIENT_LEFT, TIMEOUT -> true;
            case PROTOCOL -> greeted;
            default -> false; // whom a script refuses the server never hears of (lua-api.md 2.2, 2.3)
        };
        if (healthy && !began) {
            Farewell.say(left);
        } else {
            left.close();
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
        return understood(idle)
                && client.login().charset() == idle.leg().login().charset();
    }

    private boolean understood(ServerLink idle) {
        return Negotiation.understands(session.plugin().protocol(), session.client(), idle.leg());
    }
}
