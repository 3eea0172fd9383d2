package io.mysqlproxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The buffers of one test, all of which have to be freed at its end. */
public final class Buffers {
    private final UnpooledByteBufAllocator counting = new UnpooledByteBufAllocator(false);
    private final Remembering remembering = new Remembering();
    private final ByteBufAllocator allocator;

    public Buffers() {
        allocator = counting;
    }

    private Buffers(boolean remembers) {
        allocator = remembers ? remembering : counting;
    }

    /** Those whose memory can be looked at when they are freed, as whoever gets memory of a pool next could. */
    public static Buffers remembering() {
        return new Buffers(true);
    }

    public ByteBufAllocator allocator() {
        return allocator;
    }

    public ByteBuf of(byte... bytes) {
        return allocator.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
    }

    /** Bytes of memory that is not freed yet. */
    public long used() {
        return counting.metric().usedHeapMemory() + counting.metric().usedDirectMemory() + remembering.used;
    }

    public void assertFreed() {
        assertThat(used()).as("bytes not freed").isZero();
    }

    /** All the memory there ever was, freed or not. */
    public List<byte[]> memory() {
        return remembering.arrays;
    }

    private static final class Remembering extends AbstractByteBufAllocator {
        private final List<byte[]> arrays = new ArrayList<>();
        private long used;

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity) {
                @Override
                protected byte[] allocateArray(int capacity) {
                    byte[] array = super.allocateArray(capacity);
                    arrays.add(array);
                    used += capacity;
                    return array;
                }

                @Override
                protected void freeArray(byte[] array) {
                    used -= array.length;
                }
            };
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            return newHeapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
