package io.mysqlproxy.wire.value;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A value of the binary protocol, decoded to the text that the text protocol would have sent.
 *
 * <pre>
 * TINY                         int&lt;1&gt;
 * SHORT, YEAR                  int&lt;2&gt;
 * LONG, INT24                  int&lt;4&gt;
 * LONGLONG                     int&lt;8&gt;
 * FLOAT, DOUBLE                IEEE 754, 4 or 8 bytes, little-endian
 * DATE, DATETIME, TIMESTAMP    int&lt;1&gt; length 0, 4, 7, 11: int&lt;2&gt; year, month, day; hour, minute, second; int&lt;4&gt; µs
 * TIME                         int&lt;1&gt; length 0, 8, 12: negative, int&lt;4&gt; days, hour, minute, second; int&lt;4&gt; µs
 * NULL                         nothing
 * all others, unknown ones too string&lt;lenenc&gt;
 * </pre>
 *
 * <p>Source: manual, "Binary Protocol Value".
 */
public final class BinaryValue {
    private BinaryValue() {}

    /**
     * Reads one value that is not marked as NULL.
     *
     * @param type see {@link ColumnType}
     * @param decimals the column's: digits behind the point; for floating point 31 says as many as needed
     * @return the text; null for the type NULL
     */
    public static ByteString read(ByteBuf in, int type, boolean unsigned, int decimals) {
        return switch (type) {
            case ColumnType.TINY, ColumnType.SHORT, ColumnType.LONG, ColumnType.INT24, ColumnType.LONGLONG ->
                ascii(integer(in, type, unsigned));
            case ColumnType.YEAR -> ascii(String.format("%04d", Wire.readInt2(in)));
            case ColumnType.FLOAT -> ascii(NumberText.of(Float.intBitsToFloat((int) Wire.readInt4(in)), decimals));
            case ColumnType.DOUBLE -> ascii(NumberText.of(Double.longBitsToDouble(Wire.readInt8(in)), decimals));
            case ColumnType.DATE, ColumnType.NEWDATE -> ascii(TemporalText.date(in));
            case ColumnType.DATETIME, ColumnType.TIMESTAMP -> ascii(TemporalText.dateTime(in, decimals));
            case ColumnType.TIME -> ascii(TemporalText.time(in, decimals));
            case ColumnType.NULL -> null;
            default -> Wire.readLenencString(in);
        };
    }

    private static String integer(ByteBuf in, int type, boolean unsigned) {
        return switch (type) {
            case ColumnType.TINY -> Integer.toString(unsigned ? Wire.readInt1(in) : (byte) Wire.readInt1(in));
            case ColumnType.SHORT -> Integer.toString(unsigned ? Wire.readInt2(in) : (short) Wire.readInt2(in));
            case ColumnType.LONGLONG ->
                unsigned ? Long.toUnsignedString(Wire.readInt8(in)) : Long.toString(Wire.readInt8(in));
            default -> Long.toString(unsigned ? Wire.readInt4(in) : (int) Wire.readInt4(in));
        };
    }

    private static ByteString ascii(String text) {
        return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
