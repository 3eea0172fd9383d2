package io.mysqlproxy.core.query;

import io.mysqlproxy.script.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Bytes in the order they came, on the heap, in few arrays: what is large is not moved while it grows. */
public final class Slabs {
    /** Arrays double up to this. With its header such a one fills a region of the heap that bin/launcher asks for: it is never moved. */
    private static final int LARGEST = 1024 * 1024 - 16;

    private final List<byte[]> arrays = new ArrayList<>(2);
    private int room;
    private long size;

    /** Copies bytes; the buffer stays the caller's. */
    public void add(ByteBuf bytes) {
        while (bytes.isReadable()) {
            if (room == 0) {
                room = (int) Math.max(Math.min(size, LARGEST), Math.min(bytes.readableBytes(), LARGEST));
                arrays.add(new byte[room]);
            }
            byte[] last = arrays.get(arrays.size() - 1);
            int count = Math.min(room, bytes.readableBytes());
            bytes.readBytes(last, last.length - room, count);
            room -= count;
            size += count;
        }
    }

    /** How many bytes. */
    public long size() {
        return size;
    }

    /** Reads them from the first on. */
    public Reader reader() {
        return new Reader();
    }

    /** A place in the bytes. */
    public final class Reader {
        private int array;
        private int at;
        private long left = size;

        /** How many bytes are still to come. */
        public long left() {
            return left;
        }

        /** The next bytes, at most {@link #left} of them: they share an array if they lie in one, and are copied if not. */
        public Bytes take(int count) {
            if (left > 0) {
                skipEnd();
            }
            left -= count;
            if (count <= 0 || at + count <= arrays.get(array).length) {
                at += count;
                return count <= 0 ? Bytes.EMPTY : Bytes.of(arrays.get(array), at - count, count);
            }
            return Bytes.of(copy(count));
        }

        /** Of the next bytes as many as lie in one array, at most this many: they share it. None if none are left. */
        public Bytes some(int most) {
            if (left == 0) {
                return Bytes.EMPTY;
            }
            skipEnd();
            return take((int) Math.min(left, Math.min(most, arrays.get(array).length - at)));
        }

        private void skipEnd() {
            if (at == arrays.get(array).length) {
                array++;
                at = 0;
            }
        }

        private byte[] copy(int count) {
            byte[] whole = new byte[count];
            for (int done = 0; done < count; ) {
                int part = Math.min(count - done, arrays.get(array).length - at);
                System.arraycopy(arrays.get(array), at, whole, done, part);
                done += part;
                at += part;
                if (done < count) {
                    array++;
                    at = 0;
                }
            }
            return whole;
        }
    }

    /** Forgets them. */
    public void clear() {
        arrays.clear();
        room = 0;
        size = 0;
    }
}
