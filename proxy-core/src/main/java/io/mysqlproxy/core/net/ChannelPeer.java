package io.mysqlproxy.core.net;

import io.mysqlproxy.core.compress.FrameCodec;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.net.wrapping.CompressionHandler;
import io.mysqlproxy.core.tls.Tls;
import io.mysqlproxy.wire.packet.ProxyHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A peer at the other end of a channel. Of its owner only, whose thread need not be the channel's. */
class ChannelPeer implements Peer {
    /** How long the last bytes may stand still before the channel is closed anyway. */
    private static final int LINGER_SECONDS = 10;

    /** Bytes that do not wait for anything, since they may not stay in the processor's cache meanwhile. */
    private static final int MUCH = 16 * 1024;

    private final Channel channel;
    private final Function<ByteBufAllocator, SslHandler> tls;
    private boolean encrypted;
    private ProxyHeader announced = ProxyHeader.LOCAL;
    private boolean reading = true;
    private boolean closing;

    /** @param tls makes what speaks TLS with this peer; used if it comes to that */
    ChannelPeer(Channel channel, Function<ByteBufAllocator, SslHandler> tls) {
        this.channel = channel;
        this.tls = tls;
    }

    @Override
    public void write(ByteBuf bytes) {
        // Failures come to the handler's exceptionCaught: a promise of its own for each packet would tell nobody more.
        channel.write(bytes, channel.voidPromise());
    }

    /** Little goes out when everything that came in at the same time has been looked at; much at once. */
    @Override
    public void flush() {
        boolean little = Listener.WATER_MARK.high() - channel.bytesBeforeUnwritable() < MUCH;
        if (little && channel.eventLoop().inEventLoop()) {
            Unsent.OF_LOOP.get().add(channel);
        } else {
            channel.flush();
        }
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public void reading(boolean wanted) {
        if (wanted != reading) {
            reading = wanted;
            channel.config().setAutoRead(wanted);
        }
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        channel.flush(); // with the empty one behind it what waits would take a slower system call
        ChannelFuture drained = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (drained.isDone()) {
            channel.close();
            return;
        }
        drained.addListener(ChannelFutureListener.CLOSE);
        linger(Long.MAX_VALUE);
    }

    /** Looks now and then whether the last bytes still drain, however slowly. */
    private void linger(long left) {
        Future<?> look = channel.eventLoop()
                .schedule(
                        () -> {
                            ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
                            long now = unsent == null ? 0 : unsent.totalPendingWriteBytes();
                            if (now == 0 || now == left) {
                                channel.close();
                            } else {
                                linger(now);
                            }
                        },
                        LINGER_SECONDS,
                        TimeUnit.SECONDS);
        channel.closeFuture().addListener(f -> look.cancel(false));
    }

    /** A load balancer has said who this is. */
    void announced(ProxyHeader header) {
        announced = header;
    }

    @Override
    public void startTls(ByteBuf early) {
        encrypted = true;
        channel.pipeline().addFirst(tls.apply(channel.alloc()));
        if (early != null) {
            channel.pipeline().fireChannelRead(early).fireChannelReadComplete();
        }
    }

    /** Between TLS and whoever reads and writes packets. */
    @Override
    public void compress(FrameCodec codec, ByteBuf early) {
        ChannelPipeline pipeline = channel.pipeline();
        ChannelHandlerContext last = pipeline.lastContext();
        CompressionHandler handler = new CompressionHandler(codec);
        pipeline.addBefore(last.name(), null, handler);
        if (early != null) {
            handler.channelRead(pipeline.context(handler), early);
        }
    }

    @Override
    public void beginCommand() {
        channel.write(CompressionHandler.COMMAND_BEGINS, channel.voidPromise());
    }

    @Override
    public boolean tls() {
        return encrypted;
    }

    @Override
    public String wishedName() {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        return handler == null ? null : Tls.wishedName(handler);
    }

    /** Nobody can listen on a unix socket but who may do anything here. */
    @Override
    public boolean secure() {
        return encrypted || channel instanceof DomainSocketChannel;
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public Executor executor() {
        return channel.eventLoop();
    }

    @Override
    public SocketAddress local() {
        return announced.destination() == null ? channel.localAddress() : announced.destination();
    }

    @Override
    public SocketAddress remote() {
        return announced.source() == null ? channel.remoteAddress() : announced.source();
    }

    /**
     * What an event loop sends once it has looked at everything that had come in. Those who are sent something run then, and not
     * after each packet in its place: with many clients that is a third of the waits, and half of the switches between threads.
     */
    private static final class Unsent implements Runnable {
        static final FastThreadLocal<Unsent> OF_LOOP = new FastThreadLocal<>() {
            @Override
            protected Unsent initialValue() {
                return new Unsent();
            }
        };

        private final Deque<Channel> channels = new ArrayDeque<>();
        private boolean scheduled;

        void add(Channel channel) {
            if (!scheduled) {
                channel.eventLoop().execute(this);
                scheduled = true;
            }
            channels.add(channel);
        }

        @Override
        public void run() {
            scheduled = false;
            for (Channel next = channels.poll(); next != null; next = channels.poll()) {
                next.flush();
            }
        }
    }
}
