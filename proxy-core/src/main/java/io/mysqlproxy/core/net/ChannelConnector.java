package io.mysqlproxy.core.net;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Connector;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.leg.Peer;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.core.tls.Tls;
import io.mysqlproxy.wire.packet.ProxyHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
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

    /** Without a bootstrap: what that makes, copies and puts off for each connection is a good part of what a login costs. */
    @Override
    public void connect(Backend backend, Asker asker) {
        SocketAddress remote = backend.socketAddress();
        Channel channel;
        try {
            channel = transport.channel(remote);
        } catch (ChannelException e) {
            refuse(e, asker);
            return;
        }
        ServerChannelPeer peer = new ServerChannelPeer(channel, allocator -> secure(allocator, backend, asker), asker);
        configure(channel.config(), remote);
        channel.pipeline().addLast(peer.handler());
        announce(channel, asker);
        transport.wantsToRead(channel);
        loop.register(channel).addListener(registered -> {
            if (registered.isSuccess()) {
                channel.connect(remote).addListener(attempt -> tell(attempt, peer, asker));
            } else {
                refuse(registered.cause(), asker);
            }
        });
    }

    private void configure(ChannelConfig config, SocketAddress remote) {
        config.setConnectTimeoutMillis((int) timeouts.connect().toMillis());
        config.setWriteBufferWaterMark(Listener.WATER_MARK);
        config.setRecvByteBufAllocator(Listener.READS);
        if (!(remote instanceof DomainSocketAddress)) {
            config.setOption(ChannelOption.SO_KEEPALIVE, true);
        }
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

    private void tell(Future<?> attempt, ServerChannelPeer peer, Asker asker) {
        if (attempt.isSuccess()) {
            asker.connected(peer);
        } else {
            peer.close();
            refuse(attempt.cause(), asker);
        }
    }

    private void refuse(Throwable cause, Asker asker) {
        asker.refused(SystemError.ofConnect(cause, timeouts.connect().toMillis()));
    }
}
