package io.mysqlproxy.core.net.wrapping;

import io.mysqlproxy.core.compress.FrameCodec;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * The compressed protocol of one leg: packets travel inside frames that have a header and a numbering of their own.
 *
 * <pre>
 * int&lt;3&gt;  length of what follows the header
 * int&lt;1&gt;  sequence id of the frame; starts anew with each command
 * int&lt;3&gt;  length when inflated; 0 if it travels as it is
 * </pre>
 *
 * <p>Added when a login has succeeded (W-37). A frame inflates to 16 MiB at most, and the next one is not touched before the
 * session has taken that: what a peer can make us hold does not grow with what it sends.
 *
 * <p>Source: manual, "Compressed Packet".
 */
public final class CompressionHandler extends ChannelDuplexHandler {
    /**
     * Written before a command, which starts the numbering of frames anew, too. What is written cannot tell: long commands pass in
     * pieces that begin anywhere. To clients the numbering goes on from what they sent.
     */
    public static final Object COMMAND_BEGINS = new Object();

    private static final int HEADER = 7;

    /** Shorter ones do not get any smaller. */
    private static final int SHORTEST = 50;

    /** Bytes that do not wait for what may belong to them: nobody else counts them before they are in a frame. */
    private static final int MUCH = 64 * 1024;

    private final FrameCodec codec;
    private ByteBuf in;
    private CompositeByteBuf out;
    private int sequence;
    private boolean decoding;

    /** @param codec what frames hold; taken over */
    public CompressionHandler(FrameCodec codec) {
        this.codec = codec;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        in = in == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), in, bytes);
        decode(context);
    }

    /** The session wants more: there may be frames that have waited. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (in != null && in.isReadable() && !decoding) {
            context.executor().execute(() -> decode(context));
        }
        context.read();
    }

    private void decode(ChannelHandlerContext context) {
        if (decoding) {
            return;
        }
        decoding = true;
        try {
            while (in != null && context.channel().config().isAutoRead() && frame(context)) {
                context.fireChannelReadComplete();
            }
        } finally {
            decoding = false;
        }
    }

    private boolean frame(ChannelHandlerContext context) {
        if (in.readableBytes() < HEADER) {
            return false;
        }
        int at = in.readerIndex();
        int length = in.getUnsignedMediumLE(at);
        if (in.readableBytes() < HEADER + length) {
            return false;
        }
        sequence = in.getUnsignedByte(at + 3) + 1 & 0xFF;
        int inflated = in.getUnsignedMediumLE(at + 4);
        ByteBuf content = in.skipBytes(HEADER).readSlice(length);
        context.fireChannelRead(inflated == 0 ? content.retain() : inflate(context, content, inflated));
        return true;
    }

    private ByteBuf inflate(ChannelHandlerContext context, ByteBuf content, int length) {
        ByteBuf whole = context.alloc().heapBuffer(length, length);
        byte[] compressed = new byte[content.readableBytes()];
        content.readBytes(compressed);
        try {
            codec.decompress(compressed, whole.array(), whole.arrayOffset(), length);
            return whole.writerIndex(length);
        } catch (ProtocolException e) {
            whole.release();
            throw e;
        }
    }

    /** Collects what belongs together; promises are kept by the channel's failure events. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message == COMMAND_BEGINS) {
            emit(context);
            sequence = 0;
            promise.trySuccess();
            return;
        }
        ByteBuf bytes = (ByteBuf) message;
        if (out == null) {
            out = context.alloc().compositeBuffer(Integer.MAX_VALUE);
        }
        if (!bytes.isReadable()) {
            // Closing waits for what was written before.
            emit(context);
            context.write(bytes, promise);
            return;
        }
        out.addComponent(true, bytes);
        promise.trySuccess();
        if (out.readableBytes() >= MUCH) {
            emit(context);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        emit(context);
        context.flush();
    }

    private void emit(ChannelHandlerContext context) {
        if (out == null) {
            return;
        }
        CompositeByteBuf whole = out;
        out = null;
        try {
            while (whole.isReadable()) {
                int length = Math.min(whole.readableBytes(), Packet.MAX_PAYLOAD - HEADER);
                context.write(deflate(context, whole.readSlice(length)), context.voidPromise());
            }
        } finally {
            whole.release();
        }
    }

    private ByteBuf deflate(ChannelHandlerContext context, ByteBuf content) {
        int length = content.readableBytes();
        ByteBuf frame = context.alloc().heapBuffer(HEADER + length, HEADER + length);
        int compressed = 0;
        if (length >= SHORTEST) {
            byte[] plain = new byte[length];
            content.getBytes(content.readerIndex(), plain);
            compressed = codec.compress(plain, frame.array(), frame.arrayOffset() + HEADER);
        }
        boolean smaller = compressed > 0;
        frame.writeMediumLE(smaller ? compressed : length).writeByte(sequence).writeMediumLE(smaller ? length : 0);
        sequence = sequence + 1 & 0xFF;
        return smaller ? frame.writerIndex(HEADER + compressed) : frame.writeBytes(content);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        codec.close();
        releaseIn();
        if (out != null) {
            out.release();
            out = null;
        }
    }

    private void releaseIn() {
        if (in != null) {
            in.release();
            in = null;
        }
    }
}
