package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.backend.Farewell;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.script.Bytes;

/**
 * The place of a session's server connection, and the number scripts know it by: what assigning {@code backend_ndx} does
 * (lua-api.md 3.2, 6.4).
 */
final class ServerSlot {
    private static final int NONE = -1;

    private final Session session;
    private final Backends backends;
    private ServerLink link;
    private int index = NONE;

    ServerSlot(Session session, Backends backends) {
        this.session = session;
        this.backends = backends;
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
    void index(int value) {
        index = value;
    }

    /** A new connection. */
    void fill(ServerLink opened) {
        link = opened;
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
    void release() {
        ServerLink left = link;
        link = null;
        index = NONE;
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
            case PROTOCOL, REFUSED_BY_SCRIPT, CLOSED_BY_SCRIPT -> greeted;
            default -> false;
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
        return backend.pool().take(user, this::fits, session);
    }

    /** Whether both sides would understand each other (W-42). Before the client has logged in nobody can tell. */
    private boolean fits(ServerLink idle) {
        Leg client = session.client();
        if (client.login() == null) {
            return true;
        }
        return ServerLogin.understands(session, idle.leg())
                && client.login().charset() == idle.leg().login().charset();
    }
}
