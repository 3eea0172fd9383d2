package io.mysqlproxy.core.leg;

import io.mysqlproxy.wire.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.nio.ByteBuffer;
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
     * @param direct whether the transport takes it as it is, and would make a copy of anything else in memory of a pool
     */
    static Packet packet(ByteBuf payload, boolean direct) {
        int length = payload.readableBytes();
        ByteBuf frame = memory(payload.alloc(), Packet.HEADER + length, direct);
        frame.writeMediumLE(length).writeByte(0).writeBytes(payload);
        payload.release();
        return Packet.of(frame);
    }

    /** The same packet in other memory. */
    static Packet copyOf(Packet packet, boolean direct) {
        ByteBuf frame = packet.frame();
        ByteBuf copy = memory(frame.alloc(), frame.readableBytes(), direct);
        return Packet.of(copy.writeBytes(frame, frame.readerIndex(), frame.readableBytes()));
    }

    private static ByteBuf memory(ByteBufAllocator allocator, int length, boolean direct) {
        return direct
                ? new Direct(allocator, ByteBuffer.allocateDirect(length)).clear()
                : new SecretBuffer(allocator, length);
    }

    /** Called for memory that was outgrown, too. */
    @Override
    protected void freeArray(byte[] array) {
        Arrays.fill(array, (byte) 0);
    }

    /** Of a fixed size. The collector frees its memory: there are few of these. */
    private static final class Direct extends UnpooledDirectByteBuf {
        private final ByteBuffer memory;

        Direct(ByteBufAllocator allocator, ByteBuffer memory) {
            super(allocator, memory, memory.capacity());
            this.memory = memory;
        }

        @Override
        protected void deallocate() {
            memory.put(0, new byte[memory.capacity()]);
            super.deallocate();
        }
    }
}
