package io.mysqlproxy.core.leg;

import io.mysqlproxy.wire.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.Arrays;

/**
 * What may be a password on its way to a server: memory that is overwritten when the last holder lets go of it, whoever that is
 * and for whatever reason (W-13). Memory of a pool would go on to someone else as it is.
 */
public final class SecretBuffer extends UnpooledHeapByteBuf {
    private static final int INITIAL = 512;

    private SecretBuffer(ByteBufAllocator allocator, int capacity) {
        super(allocator, capacity, Integer.MAX_VALUE);
    }

    /** An empty one, for a payload. */
    public static ByteBuf payload(ByteBufAllocator allocator) {
        return new SecretBuffer(allocator, INITIAL);
    }

    /**
     * A packet to {@link Leg#forward}.
     *
     * @param payload shorter than the longest payload of a packet; taken over
     */
    public static Packet packet(ByteBuf payload) {
        int length = payload.readableBytes();
        ByteBuf frame = new SecretBuffer(payload.alloc(), Packet.HEADER + length);
        frame.writeMediumLE(length).writeByte(0).writeBytes(payload);
        payload.release();
        return Packet.of(frame);
    }

    /** The same packet in other memory. */
    public static Packet copyOf(Packet packet) {
        ByteBuf frame = packet.frame();
        ByteBuf copy = new SecretBuffer(frame.alloc(), frame.readableBytes());
        return Packet.of(copy.writeBytes(frame, frame.readerIndex(), frame.readableBytes()));
    }

    /** Called for memory that was outgrown, too. */
    @Override
    protected void freeArray(byte[] array) {
        Arrays.fill(array, (byte) 0);
    }
}
