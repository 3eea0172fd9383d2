package io.mysqlproxy.core.net;

import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Err;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** For a client too many: tells it so, in place of a greeting, and nothing else (W-01). */
final class Refusal extends ChannelInboundHandlerAdapter {
    private final String text;

    /** As MySQL says it. */
    Refusal() {
        this("Too many connections");
    }

    /** @param text the message behind MySQL's number */
    Refusal(String text) {
        this.text = text;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        refuse(context.channel());
    }

    void refuse(Channel channel) {
        ByteBuf payload = channel.alloc().buffer();
        new Err(ErrorCode.CON_COUNT_ERROR, null, text).write(payload);
        Packet.write(
                channel.alloc(),
                payload,
                0,
                frame -> channel.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
