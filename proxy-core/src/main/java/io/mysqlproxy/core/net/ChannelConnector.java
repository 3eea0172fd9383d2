package io.mysqlproxy.core.net;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.core.tls.Tls;
import io.mysqlproxy.wire.packet.ProxyHeader;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Connects to backends on the client's event loop, so that both sides of a session share one thread. */
final class ChannelConnector implements Connector {
    private final Transport transport;
    private final EventLoop loop;
    private final Timeouts timeouts;
    private final Tls tls;
    private Session session;

    ChannelConnector(Transport transport, EventLoop loop, Timeouts timeouts, Tls tls) {
        this.transport = transport;
        this.loop = loop;
        this.timeouts = timeouts;
        this.tls = tls;
    }

    /** The session whose connections these are: it needs the connector to be made, and this needs it. */
    void session(Session owner) {
        session = owner;
    }

    @Override
    public void connect(Backend backend, Asker asker) {
        SocketAddress remote = backend.socketAddress();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channel(remote))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        timeouts.connect().toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Listener.WATER_MARK)
                .option(ChannelOption.RECVBUF_ALLOCATOR, Listener.READS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ServerChannelPeer peer =
                                new ServerChannelPeer(channel, allocator -> secure(allocator, backend, asker), asker);
                        channel.pipeline().addLast(peer.handler());
                        announce(channel, asker);
                    }
                });
        if (!(remote instanceof DomainSocketAddress)) {
            // Without TCP_NODELAY commands that have no answer stall those behind them for tens of milliseconds.
            bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
        }
        ChannelFuture attempt = bootstrap.connect(remote);
        // An attempt for which there was no socket fails on a thread of its own.
        attempt.addListener(f -> {
            if (loop.inEventLoop()) {
                tell(attempt, asker);
            } else {
                loop.execute(() -> tell(attempt, asker));
            }
        });
    }

    private SslHandler secure(ByteBufAllocator allocator, Backend backend, Asker asker) {
        String wished = asker.forClient() ? session.client().peer().wishedName() : null;
        return tls.withBackend(allocator, backend.address(), wished);
    }

    /** The very first bytes, before the server greets (W-07). */
    private void announce(Channel channel, Asker asker) {
        if (!session.plugin().protocol().wrapping().announceClients()) {
            return;
        }
        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                ByteBuf out = context.alloc().buffer();
                (asker.forClient() ? header() : ProxyHeader.LOCAL).write(out);
                context.writeAndFlush(out);
                context.pipeline().remove(this);
                context.fireChannelActive();
            }
        });
    }

    private ProxyHeader header() {
        Peer client = session.client().peer();
        return client.remote() instanceof InetSocketAddress remote && client.local() instanceof InetSocketAddress local
                ? new ProxyHeader(remote, local)
                : ProxyHeader.LOCAL;
    }

    private void tell(ChannelFuture attempt, Asker asker) {
        if (attempt.isSuccess()) {
            asker.connected(
                    attempt.channel().pipeline().get(ServerHandler.class).peer());
        } else {
            asker.refused(
                    SystemError.ofConnect(attempt.cause(), timeouts.connect().toMillis()));
        }
    }
}
