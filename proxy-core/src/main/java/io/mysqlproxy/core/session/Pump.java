package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.ProtocolException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Moves a session on: takes bytes from both sides as long as they mean something, then says which sides may send more. The one
 * rule of back-pressure: a side is heard when the phase hears it and the other side drains; a side that is not heard may have
 * {@link #WAITING_LIMIT} bytes waiting.
 */
final class Pump {
    /** Bytes that may wait on a side that is not heard, before it is not read any more. */
    private static final int WAITING_LIMIT = 64 * 1024;

    /** Bytes that are not left waiting until the peer has no more: a channel may be read many times before it says so. */
    static final int MUCH = 64 * 1024;

    /** The last word to a client that numbers its packets otherwise than the protocol does (W-35). */
    private static final Answer OUT_OF_ORDER =
            new Answer.Error(ErrorCode.NET_PACKETS_OUT_OF_ORDER, "08S01", Bytes.latin1("Got packets out of order"));

    private final Session session;

    /** Events that have come while another one was handled: a write or an attempt to connect may tell before it returns. */
    private final Deque<Runnable> events = new ArrayDeque<>(2);

    /** Sessions are made, and live, on one thread. */
    private final CurrentSession current = CurrentSession.here();

    private boolean handling;

    Pump(Session session) {
        this.session = session;
    }

    /** Handles an event, and then those that have come meanwhile: no phase is left in the middle of another's work. */
    void event(Runnable meaning) {
        events.add(meaning);
        if (handling) {
            return;
        }
        handling = true;
        Session before = current.begin(session);
        try {
            for (Runnable next = events.poll(); next != null; next = events.poll()) {
                handle(next);
            }
        } finally {
            handling = false;
            current.end(before);
        }
    }

    /** Runs what an event means, then everything it makes possible. */
    private void handle(Runnable meaning) {
        try {
            meaning.run();
            flow();
        } catch (Throwable t) { // the boundary of the session: see Ending.failed
            session.ending().failed(t);
        }
    }

    private void flow() {
        try {
            boolean moved;
            do {
                moved = server() | client() | sending();
            } while (moved);
            if (session.slot().gone() && session.server() != null && drained()) {
                session.become(session.phase().serverClosed(session));
            }
            if (session.client().left() && session.phase().hearsClient()) {
                session.become(session.closed(CloseReason.CLIENT_LEFT)); // it has said all it ever will
            }
        } finally {
            settle();
        }
    }

    private boolean drained() {
        return session.client().peer().writable() || session.server().leg().in().bytes() == 0;
    }

    private boolean server() {
        ServerLink link = session.server();
        if (link == null
                || !session.phase().hearsServer()
                || !session.client().peer().writable()) {
            return false;
        }
        int bytes = link.leg().in().bytes();
        if (bytes == 0) {
            return false;
        }
        Phase before = session.phase();
        session.become(before.serverBytes(session));
        return session.phase() != before
                || link != session.server()
                || link.leg().in().bytes() != bytes;
    }

    private boolean client() {
        ServerLink link = session.server();
        Leg client = session.client();
        if (!session.phase().hearsClient() || link != null && !link.leg().peer().writable()) {
            return false;
        }
        int bytes = client.in().bytes();
        if (bytes == 0) {
            return false;
        }
        Phase before = session.phase();
        try {
            session.become(before.clientBytes(session));
        } catch (ProtocolException e) {
            if (e.isOutOfOrder()) {
                client.sequence(e.sequence() + 1);
                OUT_OF_ORDER.send(client);
            }
            throw e;
        }
        return session.phase() != before || client.in().bytes() != bytes;
    }

    private boolean sending() {
        if (!session.client().peer().writable()) {
            return false;
        }
        Phase before = session.phase();
        session.become(before.clientDrains(session));
        return session.phase() != before;
    }

    private void settle() {
        Phase phase = session.phase();
        if (phase == Closed.INSTANCE) {
            return;
        }
        Leg client = session.client();
        ServerLink link = session.server();
        client.flush();
        boolean serverDrains = link == null || link.leg().peer().writable();
        client.peer()
                .reading(serverDrains && (phase.hearsClient() || client.in().bytes() < WAITING_LIMIT));
        session.activity().drains(serverDrains && client.peer().writable());
        if (link != null) {
            link.leg().flush();
            boolean room = phase.hearsServer() || link.leg().in().bytes() < WAITING_LIMIT;
            link.leg().peer().reading(room && client.peer().writable());
        }
    }
}
