package io.mysqlproxy.core.net;

import io.mysqlproxy.core.backend.ServerOwner;
import io.mysqlproxy.core.backend.ServerPeer;
import io.netty.channel.Channel;

/** A server at the other end of a channel. */
final class ServerChannelPeer extends ChannelPeer implements ServerPeer {
    private final ServerHandler handler;

    /** @param owner who asked for the connection */
    ServerChannelPeer(Channel channel, ServerOwner owner) {
        super(channel);
        handler = new ServerHandler(this, owner);
    }

    ServerHandler handler() {
        return handler;
    }

    @Override
    public void owner(ServerOwner owner) {
        handler.owner(owner);
    }
}
