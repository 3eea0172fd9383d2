package io.mysqlproxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** The buffers of one test, all of which have to be freed at its end. */
public final class Buffers {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

    public ByteBufAllocator allocator() {
        return allocator;
    }

    public ByteBuf of(byte... bytes) {
        return allocator.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
    }

    /** Bytes of memory that is not freed yet. */
    public long used() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    public void assertFreed() {
        assertThat(used()).as("bytes not freed").isZero();
    }
}
