package io.mysqlproxy.core.query;

import io.mysqlproxy.script.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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

    /** All of them, in one buffer after the other, which share the arrays. */
    public void forEach(Consumer<ByteBuf> out) {
        for (int i = 0; i < arrays.size(); i++) {
            byte[] array = arrays.get(i);
            int used = i < arrays.size() - 1 ? array.length : array.length - room;
            out.accept(Unpooled.wrappedBuffer(array, 0, used));
        }
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
            if (left > 0 && at == arrays.get(array).length) {
                array++;
                at = 0;
            }
            left -= count;
            if (count <= 0 || at + count <= arrays.get(array).length) {
                at += count;
                return count <= 0 ? Bytes.EMPTY : Bytes.of(arrays.get(array), at - count, count);
            }
            return Bytes.of(copy(count));
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
