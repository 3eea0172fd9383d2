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

    /** Whether memory is overwritten before it is let go, since the next to get it need not know what was in it. */
    private boolean confidential;

    ByteQueue(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    int size() {
        return size;
    }

    void confidential(boolean value) {
        confidential = value;
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
        int count = bytes.readableBytes();
        // growing would leave the old memory as it is
        if (gathering == null || confidential && gathering.writableBytes() < count) {
            gathering = allocator.buffer(SMALL);
            chunks.add(gathering);
        }
        move(bytes, gathering, count);
        bytes.release();
    }

    private void move(ByteBuf from, ByteBuf to, int count) {
        int start = from.readerIndex();
        to.writeBytes(from, count);
        if (confidential) {
            from.setZero(start, count);
        }
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
            move(head, whole, Math.min(head.readableBytes(), whole.writableBytes()));
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
        for (ByteBuf chunk : chunks) {
            if (confidential) {
                chunk.setZero(chunk.readerIndex(), chunk.readableBytes());
            }
            chunk.release();
        }
        chunks.clear();
        gathering = null;
        size = 0;
    }
}
