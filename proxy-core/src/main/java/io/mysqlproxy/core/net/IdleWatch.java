package io.mysqlproxy.core.net;

import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.session.Session;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends a session when nothing was heard from either side, or a side took nothing it was sent, for too long, or a step of the login
 * takes too long (lua-api.md 7), and has an eye on what statements and transactions are allowed.
 *
 * <p>In the client's pipeline, one task at a time, which looks at what the session has noted: no event has to wind up a clock. It
 * outlives the client's connection where the session does.
 */
final class IdleWatch extends ChannelHandlerAdapter {
    private final Session session;
    private final long readNanos;
    private final long writeNanos;
    private final long handshakeNanos;
    private Future<?> task;

    IdleWatch(Session session, Timeouts timeouts) {
        this.session = session;
        this.readNanos = timeouts.read().toNanos();
        this.writeNanos = timeouts.write().toNanos();
        this.handshakeNanos = timeouts.handshake().toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long first = Math.min(handshakeNanos, Math.min(readNanos, writeNanos));
        schedule(context, Math.min(first, session.patience().look()));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        session.whenEnded(() -> task.cancel(false));
    }

    private void schedule(ChannelHandlerContext context, long nanos) {
        task = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        long left = Math.min(
                readNanos - session.activity().silentNanos(),
                writeNanos - session.activity().stuckNanos());
        if (session.activity().loggingIn()) {
            left = Math.min(left, handshakeNanos - session.activity().loginNanos());
        }
        if (left <= 0) {
            session.end(CloseReason.TIMEOUT);
            return;
        }
        long wished = session.patience().look();
        if (wished > 0) {
            schedule(context, Math.min(left, wished));
        }
    }
}
