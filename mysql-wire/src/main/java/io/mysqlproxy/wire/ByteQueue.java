package io.mysqlproxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/**
 * Bytes in the order they arrived, in the buffers they arrived in.
 *
 * <p>Only what has to be contiguous is copied, once, into a buffer of exactly that size. Buffers too small to be
 * worth keeping are gathered, or a peer sending single bytes would pin a receive buffer for each of them.
 */
final class ByteQueue {
    private static final int SMALL = 2048;

    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>();

    /** The last chunk, while it is ours to append to: once a slice of it was given away, growing would move it. */
    private ByteBuf gathering;

    private int size;

    ByteQueue(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    int size() {
        return size;
    }

    /** The first chunk, never empty; null if nothing is held. */
    ByteBuf head() {
        return chunks.peek();
    }

    /** Takes over a buffer. */
    void add(ByteBuf bytes) {
        int count = bytes.readableBytes();
        size += count;
        if (count == 0) {
            bytes.release();
        } else if (chunks.isEmpty() || count > SMALL) {
            chunks.add(bytes);
            gathering = null;
        } else {
            gather(bytes);
        }
    }

    private void gather(ByteBuf bytes) {
        if (gathering == null) {
            gathering = allocator.buffer(SMALL);
            chunks.add(gathering);
        }
        gathering.writeBytes(bytes);
        bytes.release();
    }

    /** Removes the first {@code count} bytes, 1 to {@link #size()}: as they lie if that is in one chunk. */
    ByteBuf take(int count) {
        ByteBuf head = chunks.peek();
        int inHead = head.readableBytes();
        if (inHead < count) {
            size -= count;
            return copy(count);
        }
        seal(head);
        size -= count;
        return inHead == count ? chunks.poll() : head.readRetainedSlice(count);
    }

    /**
     * Makes the first {@code count} bytes lie in one chunk.
     *
     * @return false if that many are not held
     */
    boolean join(int count) {
        if (size < count) {
            return false;
        }
        if (head().readableBytes() < count) {
            chunks.addFirst(copy(count));
        }
        return true;
    }

    private ByteBuf copy(int count) {
        ByteBuf whole = allocator.buffer(count, count);
        while (whole.isWritable()) {
            ByteBuf head = chunks.peek();
            whole.writeBytes(head, Math.min(head.readableBytes(), whole.writableBytes()));
            if (!head.isReadable()) {
                seal(head);
                chunks.poll().release();
            }
        }
        return whole;
    }

    private void seal(ByteBuf chunk) {
        if (chunk == gathering) {
            gathering = null;
        }
    }

    void release() {
        chunks.forEach(ByteBuf::release);
        chunks.clear();
        gathering = null;
        size = 0;
    }
}
