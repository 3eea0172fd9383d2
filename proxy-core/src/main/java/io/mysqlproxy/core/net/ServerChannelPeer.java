package io.mysqlproxy.core.net;

import io.mysqlproxy.core.backend.ServerOwner;
import io.mysqlproxy.core.backend.ServerPeer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Function;

/** A server at the other end of a channel. */
final class ServerChannelPeer extends ChannelPeer implements ServerPeer {
    private final ServerHandler handler;

    /**
     * @param tls makes what speaks TLS with it
     * @param owner who asked for the connection
     */
    ServerChannelPeer(Channel channel, Function<ByteBufAllocator, SslHandler> tls, ServerOwner owner) {
        super(channel, tls);
        handler = new ServerHandler(this, owner);
    }

    ServerHandler handler() {
        return handler;
    }

    @Override
    public boolean ended() {
        return handler.ended();
    }

    @Override
    public void owner(ServerOwner owner) {
        handler.owner(owner);
    }
}
