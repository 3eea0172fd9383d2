package io.mysqlproxy.core.net.wrapping;

import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.ProxyHeader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First in the pipeline of a client that a load balancer announces: the session begins when it is known who the client is
 * (W-07). A balancer that only looks whether somebody listens says nothing, and no backend hears of it (W-08).
 */
public final class ProxyHeaderHandler extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeaderHandler.class);

    private final Consumer<ProxyHeader> announced;
    private final long patienceNanos;
    private Future<?> impatience;

    /**
     * @param patienceNanos how long whoever connects may take to say it
     * @param announced is told, on the event loop
     */
    public ProxyHeaderHandler(long patienceNanos, Consumer<ProxyHeader> announced) {
        this.patienceNanos = patienceNanos;
        this.announced = announced;
    }

    /** Nobody behind is told that there is a client, yet. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        impatience = context.executor().schedule(() -> context.close(), patienceNanos, TimeUnit.NANOSECONDS);
        context.read();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        ProxyHeader header = ProxyHeader.read(in);
        if (header == null) {
            return;
        }
        announced.accept(header);
        context.fireChannelActive();
        // What came in behind the header goes on to the session when this handler is gone.
        context.pipeline().remove(this);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (impatience != null) {
            impatience.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        impatience.cancel(false);
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof ProtocolException) {
            LOG.info(
                    "{}: {}",
                    context.channel().remoteAddress(),
                    cause.getCause().getMessage());
        }
        context.close();
    }
}
