package io.mysqlproxy.core.net;

import io.mysqlproxy.core.backend.ServerOwner;
import io.mysqlproxy.core.net.wrapping.TlsFault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Turns the events of a server's channel into calls of whoever owns it at the moment, and nothing more.
 *
 * <p>A connection out of a pool may live on another event loop than the session that took it: events then cross over, in order.
 */
final class ServerHandler extends ChannelInboundHandlerAdapter {
    private final ServerChannelPeer peer;
    private volatile ServerOwner owner;
    private volatile boolean ended;

    ServerHandler(ServerChannelPeer peer, ServerOwner owner) {
        this.peer = peer;
        this.owner = owner;
    }

    ServerChannelPeer peer() {
        return peer;
    }

    /** Of an end that the owner before has heard of, or is about to, nobody else would hear. */
    void owner(ServerOwner next) {
        owner = next;
        if (ended) {
            next.executor().execute(() -> next.serverClosed(peer));
        }
    }

    boolean ended() {
        return ended;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ServerOwner receiver = owner;
        if (isHere(context, receiver)) {
            receiver.fromServer(peer, (ByteBuf) message);
        } else {
            receiver.executor().execute(() -> receiver.fromServer(peer, (ByteBuf) message));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        tell(context, o -> o.received(peer));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended = true; // before the owner is looked at: whoever becomes it meanwhile looks at this
        tell(context, o -> o.serverClosed(peer));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        tell(context, o -> o.writabilityChanged(peer));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            tell(context, o -> o.secured(peer, tls.cause()));
        }
    }

    /** A broken connection is an ended one; anything else is for the owner to judge. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            tell(context, o -> o.fail(TlsFault.of(cause)));
        }
        context.close();
    }

    private void tell(ChannelHandlerContext context, Consumer<ServerOwner> event) {
        ServerOwner receiver = owner;
        if (isHere(context, receiver)) {
            event.accept(receiver);
        } else {
            receiver.executor().execute(() -> event.accept(receiver));
        }
    }

    private static boolean isHere(ChannelHandlerContext context, ServerOwner receiver) {
        Executor executor = receiver.executor();
        return executor == context.channel().eventLoop();
    }
}
