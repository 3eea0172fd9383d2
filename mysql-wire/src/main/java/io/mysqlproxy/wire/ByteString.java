package io.mysqlproxy.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes as a value: a name, a cell, a scramble. The protocol does not say which character set they are in, so nothing
 * here guesses one.
 */
public final class ByteString {
    /** No bytes. */
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps an array without copying it; the caller must not change it any more. */
    public static ByteString of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes);
    }

    /** The UTF-8 bytes of a text: right for ASCII, and for what a client that says utf8mb4 would send. */
    public static ByteString of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of a buffer's readable bytes, whose indices stay where they are. */
    public static ByteString copyOf(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return of(bytes);
    }

    /** The bytes themselves, not a copy: they must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** One byte, 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** The bytes from an index up to another. */
    public ByteString slice(int from, int to) {
        return from == 0 && to == bytes.length ? this : of(Arrays.copyOfRange(bytes, from, to));
    }

    /** One character per byte: every byte string has such a text, and it turns back into the same bytes. */
    public String latin1() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Read as UTF-8; for people to read, since bytes that are no UTF-8 are lost. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
