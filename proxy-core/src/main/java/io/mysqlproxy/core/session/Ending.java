package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a session ends: at once or after the command in flight, with what last words, and what is let go. */
public final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int ERR = 0xFF;

    /** ER_SERVER_SHUTDOWN. */
    private static final Answer SHUTDOWN = new Answer.Error(1053, "08S01", Bytes.latin1("Server shutdown in progress"));

    private final Session session;
    private Phase last;
    private boolean finishing;
    private Runnable then = () -> {};

    Ending(Session session) {
        this.session = session;
    }

    /** The session is to end as soon as its client waits for nothing. */
    void finish() {
        finishing = true;
        if (!session.phase().busy()) {
            session.become(finished());
        }
    }

    /** Whether the session ends once its client waits for nothing. */
    public boolean finishing() {
        return finishing;
    }

    /** The last word to a client that waits for nothing (W-40). */
    public Phase finished() {
        if (session.phase().betweenCommands()) {
            session.client().sequence(0);
            SHUTDOWN.send(session.client());
        }
        return session.closed(CloseReason.SHUTDOWN);
    }

    /** Anything that goes wrong ends here: the one place where causes are told apart. */
    void failed(Throwable cause) {
        if (!(cause instanceof ProtocolException)) {
            LOG.error("in {}", name(session.phase()), cause);
            session.become(session.closed(CloseReason.INTERNAL));
        } else if (session.phase() != Closed.INSTANCE) {
            LOG.info("in {}: {}", name(session.phase()), cause.getMessage());
            session.become(session.closed(CloseReason.PROTOCOL));
        }
    }

    /** The session has ended in a phase: frees what it holds. */
    void closed(Phase in, CloseReason reason) {
        last = in;
        LOG.debug("closed in {}: {}", name(in), reason.text());
        boolean orphaned = reason == CloseReason.CLIENT_LEFT && in.busy() && !in.serverIdle();
        in.abandoned();
        try {
            if (orphaned && session.plugin().protocol().policy().killOnDisconnect()) {
                Orphan.end(session);
            }
            session.hooks().disconnectClient();
        } finally {
            disconnect(reason);
            then.run();
        }
    }

    /** What else is to be done then. */
    void then(Runnable more) {
        Runnable before = then;
        then = () -> {
            before.run();
            more.run();
        };
    }

    private void disconnect(CloseReason reason) {
        session.plugin().roster().leave(session);
        Admission.end(session);
        session.queue().reset();
        session.share().free();
        session.slot().close(reason);
        session.client().flush();
        session.client().release();
        session.client().peer().close();
    }

    /** The phase in which it has ended. */
    Phase last() {
        return last;
    }

    /**
     * A server that gives up while the client still speaks, over a command that is too large for example, says so and goes:
     * that ERR waits behind what nobody hears any more, and is all the client will ever learn.
     */
    void lastWords() {
        Packet packet =
                session.phase().hearsServer() ? null : session.server().leg().nextCommand();
        if (packet == null) {
            return;
        }
        if (packet.first() == ERR) {
            session.client().forward(packet);
        } else {
            packet.release();
        }
    }

    private static String name(Phase phase) {
        return phase.getClass().getSimpleName();
    }
}
