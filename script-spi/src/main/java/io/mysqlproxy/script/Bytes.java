package io.mysqlproxy.script;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A byte string: how packets, cells and names cross the border. Strings of scripts are bytes, never text in some charset.
 *
 * <p>The array may be shared and must not be changed by anyone; it must never be the memory of a reusable network buffer,
 * since scripts may keep what they are given.
 */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Wraps a part of an array without copying it. */
    public static Bytes of(byte[] array, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, array.length);
        return new Bytes(array, offset, length);
    }

    /** Wraps a whole array without copying it. */
    public static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /** The UTF-8 form of a text. */
    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One byte per character; characters above 255 become {@code ?}. */
    public static Bytes latin1(String text) {
        return of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The array that holds the bytes, from {@link #offset()} on; not to be changed. */
    public byte[] array() {
        return array;
    }

    /** Where the bytes start in {@link #array()}. */
    public int offset() {
        return offset;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** The bytes as an array of their own. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** One character per byte, which is also the form of a Python 2 {@code str} on the JVM. */
    public String toLatin1() {
        return new String(array, offset, length, StandardCharsets.ISO_8859_1);
    }

    /** The bytes read as UTF-8, for logs and names; malformed input becomes replacement characters. */
    @Override
    public String toString() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b
                && Arrays.equals(array, offset, offset + length, b.array, b.offset, b.offset + b.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }
}
