package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.kill.Kill;
import io.mysqlproxy.core.kill.Kills;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Err;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a client's statements may run, and its transactions wait for it (protocol.md 9). Event loop of the session only.
 *
 * <p>A statement that is overdue is killed, and what its server says to that (1317) is what MySQL says of its own limit (3024).
 * While the KILL is on its way nothing else may be sent on that connection: it would hit what comes next.
 *
 * <p>No clock is wound up for a statement: somebody {@link #look looks} now and then.
 */
public final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final int ERR = 0xFF;
    private static final String TOO_LONG = "Query execution was interrupted, maximum statement execution time exceeded";

    private final Session session;

    /** 0 for any time. */
    private final long queryNanos;

    private final long transactionNanos;

    private long startedAt;
    private boolean running;

    /** Whether the statement that runs has had its time. */
    private boolean overdue;

    /** Whether a KILL is on its way. */
    private boolean asked;

    private boolean expired;
    private Settling waiting;

    Patience(Session session, Allowance allowance) {
        this.session = session;
        this.queryNanos = allowance.query().toNanos();
        this.transactionNanos = allowance.transaction().toNanos();
    }

    /** All of a statement is with the server. */
    public void began() {
        overdue = false;
        if (queryNanos > 0) {
            running = true;
            startedAt = System.nanoTime();
        }
    }

    /** No statement runs. */
    public void ended() {
        running = false;
    }

    /** Whether the statement that runs has had its time. */
    public boolean overdue() {
        return overdue;
    }

    /** Whether a KILL is on its way, and the server must not be sent anything before its outcome is known. */
    public boolean unsettled() {
        return asked;
    }

    /** Whether the server connection must not be used by anybody else. */
    boolean spoiled() {
        return asked || expired;
    }

    /** Goes on when the outcome of the KILL is known. */
    public Phase settle(Supplier<Phase> then) {
        waiting = new Settling(then);
        return waiting;
    }

    /** Nothing is said to the server before it is known what became of the KILL. */
    private record Settling(Supplier<Phase> then) implements Phase {
        @Override
        public boolean busy() {
            return true;
        }

        @Override
        public boolean serverIdle() {
            return true;
        }
    }

    /**
     * Does what there is to do. The session need not have begun.
     *
     * @return nanoseconds until the next look; 0 if that was the end of the session
     */
    public long look() {
        Phase before = session.phase();
        long left = Long.MAX_VALUE;
        if (queryNanos > 0) {
            left = running && !overdue ? queryNanos - (System.nanoTime() - startedAt) : queryNanos;
            if (left <= 0) {
                session.event(this::interrupt);
                left = queryNanos;
            }
        }
        if (transactionNanos > 0) {
            long wait = inTransaction() ? transactionNanos - session.activity().silentNanos() : transactionNanos;
            if (wait <= 0) {
                session.event(this::expire);
                wait = transactionNanos;
            }
            left = Math.min(left, wait);
        }
        return session.phase() == Closed.INSTANCE && before != Closed.INSTANCE ? 0 : left;
    }

    private boolean inFlight() {
        Phase now = session.phase();
        return running && now.busy() && !now.serverIdle() && session.server() != null;
    }

    private void interrupt() {
        if (!inFlight() || asked) {
            return;
        }
        overdue = true;
        session.phase().overdue();
        ServerLink link = session.server();
        Kill kill = Kill.of(link, true);
        asked = session.plugin()
                .kills()
                .send(
                        kill,
                        session.slot().connector(),
                        session.executor(),
                        err -> session.event(() -> told(link, err)));
        if (!asked) {
            giveUp(session.plugin().kills().excuse(kill));
        }
    }

    private void told(ServerLink link, Err err) {
        asked = false;
        boolean failed = err != null && err.code() != ErrorCode.NO_SUCH_THREAD;
        Settling settled = waiting;
        waiting = null;
        if (failed && inFlight()) {
            giveUp(err.code() + " " + err.message());
        } else if (Kills.mayStillCome(err) && link == session.server()) {
            leave(err);
        } else if (settled != null && session.phase() == settled) {
            session.become(settled.then().get());
        }
    }

    /** The statement is over, but who knows whether the next one would be hit. */
    private void leave(Err err) {
        LOG.info(
                "what comes next at {} may still be killed: {}",
                session.server().backend(),
                err.message());
        session.become(session.closed(CloseReason.TIMEOUT));
    }

    /** The server cannot be made to stop: neither it nor the client can be kept waiting for the other. */
    private void giveUp(String why) {
        LOG.info(
                "a statement has run for more than {} s and may run on at {}: {}",
                TimeUnit.NANOSECONDS.toMillis(queryNanos) / 1000.0,
                session.server().backend(),
                why);
        if (session.phase().unanswered()) {
            new Answer.Error(ErrorCode.QUERY_TIMEOUT, "HY000", Bytes.latin1(TOO_LONG)).send(session.client());
        }
        session.become(session.closed(CloseReason.TIMEOUT));
    }

    /**
     * What the client hears of a packet of the server.
     *
     * @param p taken over
     * @return with the same sequence id
     */
    public Packet said(Packet p) {
        if (!overdue || p.first() != ERR || !interrupted(p)) {
            return p;
        }
        ByteBuf payload = Unpooled.buffer();
        new Err(ErrorCode.QUERY_TIMEOUT, "HY000", TOO_LONG).write(payload);
        Packet[] other = new Packet[1];
        Packet.write(UnpooledByteBufAllocator.DEFAULT, payload, p.sequence(), frame -> other[0] = Packet.of(frame));
        p.release();
        return other[0];
    }

    private static boolean interrupted(Packet p) {
        try {
            return Err.read(p.payload()).code() == ErrorCode.QUERY_INTERRUPTED;
        } catch (RuntimeException e) {
            p.release();
            throw e;
        }
    }

    private boolean inTransaction() {
        ServerLink link = session.server();
        return session.phase().betweenCommands() && link != null && link.inTransaction();
    }

    private void expire() {
        if (!inTransaction()) {
            return;
        }
        expired = true;
        String text = "The client was disconnected by the proxy because of inactivity in a transaction. See --"
                + session.plugin().name() + "-transaction-timeout for configuring this behavior.";
        session.client().sequence(0);
        new Answer.Error(ErrorCode.CLIENT_INTERACTION_TIMEOUT, "HY000", Bytes.latin1(text)).send(session.client());
        LOG.info("a transaction at {} has waited too long", session.server().backend());
        session.become(session.closed(CloseReason.TIMEOUT));
    }
}
