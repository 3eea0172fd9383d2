package io.mysqlproxy.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes the protocol's data types, named as the manual names them. All integers are little-endian. Every
 * read is bounded by the buffer's readable bytes and throws {@link ProtocolException} where they do not suffice; the
 * reader index then is where the value began.
 *
 * <p>Source: manual, "Integer Types" and "String Types".
 */
public final class Wire {
    /** First byte of a length-encoded value that is NULL; a text row's cell may be one. */
    public static final int NULL = 0xFB;

    private static final int INT2 = 0xFC;
    private static final int INT3 = 0xFD;
    private static final int INT8 = 0xFE;

    private Wire() {}

    /** {@code int<1>}, 0 to 255. */
    public static int readInt1(ByteBuf in) {
        return need(in, 1, "integer").readUnsignedByte();
    }

    /** {@code int<2>}, 0 to 65535. */
    public static int readInt2(ByteBuf in) {
        return need(in, 2, "integer").readUnsignedShortLE();
    }

    /** {@code int<3>}, 0 to 0xFFFFFF. */
    public static int readInt3(ByteBuf in) {
        return need(in, 3, "integer").readUnsignedMediumLE();
    }

    /** {@code int<4>}, 0 to 2^32 - 1. */
    public static long readInt4(ByteBuf in) {
        return need(in, 4, "integer").readUnsignedIntLE();
    }

    /** {@code int<8>}; values of 2^63 and more come out negative. */
    public static long readInt8(ByteBuf in) {
        return need(in, 8, "integer").readLongLE();
    }

    /** One byte that has to have a certain value, such as a packet's header. */
    public static void readHeader(ByteBuf in, int header, String packet) {
        int at = in.readerIndex();
        int found = readInt1(in);
        if (found != header) {
            throw ProtocolException.at(
                    at, String.format("%s (0x%02x)", packet, header), String.format("0x%02x", found));
        }
    }

    /**
     * {@code int<lenenc>}: below 0xFB the byte itself; 0xFC, 0xFD, 0xFE with 2, 3, 8 bytes behind. Values of 2^63 and
     * more come out negative.
     */
    public static long readLenencInt(ByteBuf in) {
        int at = in.readerIndex();
        int first = readInt1(in);
        try {
            return switch (first) {
                case INT2 -> readInt2(in);
                case INT3 -> readInt3(in);
                case INT8 -> readInt8(in);
                case NULL, 0xFF ->
                    throw ProtocolException.at(at, "length-encoded integer", String.format("0x%x", first));
                default -> first;
            };
        } catch (ProtocolException e) {
            in.readerIndex(at);
            throw e;
        }
    }

    /** The length of {@code string<lenenc>}: a length-encoded integer, and at least that many bytes behind it. */
    public static int readLenencLength(ByteBuf in) {
        int at = in.readerIndex();
        long length = readLenencInt(in);
        if (length < 0 || length > in.readableBytes()) {
            String found = in.readableBytes() + " bytes";
            in.readerIndex(at);
            throw ProtocolException.at(at, "string of " + Long.toUnsignedString(length) + " bytes", found);
        }
        return (int) length;
    }

    /** {@code string<lenenc>}. */
    public static ByteString readLenencString(ByteBuf in) {
        return readBytes(in, readLenencLength(in));
    }

    /** {@code string<lenenc>} as a slice that shares the buffer's reference count. */
    public static ByteBuf readLenencSlice(ByteBuf in) {
        return in.readSlice(readLenencLength(in));
    }

    /** {@code string<lenenc>}, or null for the byte 0xFB. */
    public static ByteString readLenencOrNull(ByteBuf in) {
        if (in.isReadable() && in.getUnsignedByte(in.readerIndex()) == NULL) {
            in.skipBytes(1);
            return null;
        }
        return readLenencString(in);
    }

    /** {@code string<NUL>}; the NUL has to be there. */
    public static ByteString readNulString(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        if (length < 0) {
            throw ProtocolException.at(
                    in.readerIndex(), "NUL-terminated string", in.readableBytes() + " bytes without NUL");
        }
        ByteString string = readBytes(in, length);
        in.skipBytes(1);
        return string;
    }

    /** {@code string<NUL>} at the end of a packet, where some peers leave out the NUL. */
    public static ByteString readNulOrRest(ByteBuf in) {
        return in.bytesBefore((byte) 0) < 0 ? readRestString(in) : readNulString(in);
    }

    /** {@code string<EOF>}: all that is left. */
    public static ByteString readRestString(ByteBuf in) {
        return readBytes(in, in.readableBytes());
    }

    /** {@code string<fix>} of a length. */
    public static ByteString readBytes(ByteBuf in, int length) {
        need(in, length, "string");
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return ByteString.of(bytes);
    }

    /** Passes over bytes, which have to be there. */
    public static void skip(ByteBuf in, int length) {
        need(in, length, "filler").skipBytes(length);
    }

    private static ByteBuf need(ByteBuf in, int count, String what) {
        if (in.readableBytes() < count) {
            throw ProtocolException.at(
                    in.readerIndex(), what + " of " + count + " bytes", in.readableBytes() + " bytes");
        }
        return in;
    }

    /** {@code int<lenenc>} in its shortest form; negative values are those of 2^63 and more. */
    public static void writeLenencInt(ByteBuf out, long value) {
        if (value >= 0 && value < NULL) {
            out.writeByte((int) value);
        } else if (value >= 0 && value <= 0xFFFF) {
            out.writeByte(INT2).writeShortLE((int) value);
        } else if (value >= 0 && value <= 0xFFFFFF) {
            out.writeByte(INT3).writeMediumLE((int) value);
        } else {
            out.writeByte(INT8).writeLongLE(value);
        }
    }

    /** {@code string<lenenc>}; null becomes the byte 0xFB. */
    public static void writeLenencString(ByteBuf out, ByteString string) {
        if (string == null) {
            out.writeByte(NULL);
        } else {
            writeLenencInt(out, string.length());
            out.writeBytes(string.bytes());
        }
    }

    /** An {@code int<1>} length and that many bytes, at most 255. */
    public static void writeShortString(ByteBuf out, ByteString string) {
        if (string.length() > 0xFF) {
            throw new IllegalArgumentException(string.length() + " bytes where at most 255 fit");
        }
        out.writeByte(string.length()).writeBytes(string.bytes());
    }

    /** {@code string<NUL>}; bytes behind a NUL within would be read as something else, so they are refused. */
    public static void writeNulString(ByteBuf out, ByteString string) {
        for (byte each : string.bytes()) {
            if (each == 0) {
                throw new IllegalArgumentException("NUL within a NUL-terminated string");
            }
        }
        out.writeBytes(string.bytes()).writeByte(0);
    }

    /** {@code string<NUL>} of an ASCII text such as a plugin name. */
    public static void writeNulString(ByteBuf out, String text) {
        writeNulString(out, ByteString.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** {@code string<EOF>} or {@code string<fix>}: just the bytes. */
    public static void writeBytes(ByteBuf out, ByteString string) {
        out.writeBytes(string.bytes());
    }
}
