package io.mysqlproxy.core.net;

import io.mysqlproxy.core.session.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Begins a session as soon as its client's channel is active. */
final class Starter extends ChannelInboundHandlerAdapter {
    private final Session session;

    Starter(Session session) {
        this.session = session;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.pipeline().remove(this);
        session.start();
    }
}
