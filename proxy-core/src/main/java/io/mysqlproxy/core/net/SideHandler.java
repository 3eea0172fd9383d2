package io.mysqlproxy.core.net;

import io.mysqlproxy.core.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Turns the events of one side's channel into calls of its session, and nothing more. */
final class SideHandler extends ChannelInboundHandlerAdapter {
    private final Session session;
    private final BiConsumer<Session, ByteBuf> bytes;
    private final Consumer<Session> end;

    private SideHandler(Session session, BiConsumer<Session, ByteBuf> bytes, Consumer<Session> end) {
        this.session = session;
        this.bytes = bytes;
        this.end = end;
    }

    static SideHandler client(Session session) {
        return new SideHandler(session, Session::fromClient, Session::clientClosed);
    }

    static SideHandler server(Session session) {
        return new SideHandler(session, Session::fromServer, Session::serverClosed);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        bytes.accept(session, (ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        session.received();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end.accept(session);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.writabilityChanged();
    }

    /** A broken connection is an ended one; anything else is for the session to judge. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            session.fail(cause);
        }
        context.close();
    }
}
