package io.mysqlproxy.core.net;

import io.mysqlproxy.core.net.wrapping.TlsFault;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;

/** Turns the events of a client's channel into calls of its session, and nothing more. */
final class ClientHandler extends ChannelInboundHandlerAdapter {
    private final Session session;
    private final Phase first;

    ClientHandler(Session session, Phase first) {
        this.session = session;
        this.first = first;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        session.start(first);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        session.fromClient((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.received();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.clientClosed();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.writabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
            session.fail(TlsFault.of(tls.cause()));
        }
    }

    /** A broken connection is an ended one; anything else is for the session to judge. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            session.fail(TlsFault.of(cause));
        }
        context.close();
    }
}
