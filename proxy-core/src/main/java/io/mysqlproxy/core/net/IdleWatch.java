package io.mysqlproxy.core.net;

import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.session.Session;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends a session when nothing was heard from either side, or a side took nothing it was sent, for too long (lua-api.md 7).
 *
 * <p>One task per channel at a time, which looks at the clock of the last event: an event itself costs one time stamp.
 */
final class IdleWatch extends ChannelDuplexHandler {
    private final Session session;
    private final long readNanos;
    private final long writeNanos;
    private long blockedSince;
    private Future<?> task;

    IdleWatch(Session session, Timeouts timeouts) {
        this.session = session;
        this.readNanos = timeouts.read().toNanos();
        this.writeNanos = timeouts.write().toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        session.heard(System.nanoTime());
        schedule(context, Math.min(readNanos, writeNanos));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.heard(System.nanoTime());
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        blockedSince = context.channel().isWritable() ? 0 : System.nanoTime();
        context.fireChannelWritabilityChanged();
    }

    /** Comes also for a connection that was never made. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        task.cancel(false);
    }

    private void schedule(ChannelHandlerContext context, long nanos) {
        task = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        long now = System.nanoTime();
        long readLeft = readNanos - (now - session.heard());
        long writeLeft = blockedSince == 0 ? writeNanos : writeNanos - (now - blockedSince);
        if (readLeft <= 0 || writeLeft <= 0) {
            session.end(CloseReason.TIMEOUT);
        } else {
            schedule(context, Math.min(readLeft, writeLeft));
        }
    }
}
