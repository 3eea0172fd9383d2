package io.mysqlproxy.core.script.module.proto;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The value of a parameter: numbers as numbers, the rest as text.
 *
 * <p>Dates and times have a text of their own here: always nine digits behind the point, which are the field of the wire as it
 * is, microseconds; and the days of a time apart from its hours.
 */
final class BoundValue {
    private BoundValue() {}

    /** Gives a {@link Number} or a {@link ByteString}; null for the type NULL. */
    static Object read(ByteBuf in, int type, boolean unsigned) {
        return switch (type) {
            case ColumnType.NULL -> null;
            case ColumnType.TINY -> unsigned ? Wire.readInt1(in) : (byte) Wire.readInt1(in);
            case ColumnType.SHORT -> unsigned ? Wire.readInt2(in) : (short) Wire.readInt2(in);
            case ColumnType.LONG, ColumnType.INT24 -> unsigned ? Wire.readInt4(in) : (int) Wire.readInt4(in);
            case ColumnType.LONGLONG -> Wire.readInt8(in);
            case ColumnType.FLOAT -> (double) Float.intBitsToFloat((int) Wire.readInt4(in));
            case ColumnType.DOUBLE -> Double.longBitsToDouble(Wire.readInt8(in));
            case ColumnType.DATE -> ByteString.of(dateTime(in, type).substring(0, 10));
            case ColumnType.TIMESTAMP, ColumnType.DATETIME -> ByteString.of(dateTime(in, type));
            case ColumnType.TIME -> ByteString.of(time(in, type));
            default -> text(in, type);
        };
    }

    private static ByteString text(ByteBuf in, int type) {
        return switch (type) {
            case ColumnType.VARCHAR,
                    ColumnType.NEWDECIMAL,
                    ColumnType.TINY_BLOB,
                    ColumnType.MEDIUM_BLOB,
                    ColumnType.LONG_BLOB,
                    ColumnType.BLOB,
                    ColumnType.VAR_STRING,
                    ColumnType.STRING -> Wire.readLenencString(in);
            default -> throw new ProtocolException("a value of type " + type);
        };
    }

    private static String dateTime(ByteBuf in, int type) {
        ByteBuf value = value(in, type, 4, 7, 11);
        int year = value.isReadable() ? atMost(9999, Wire.readInt2(value), type) : 0;
        int month = number(value, 12, type);
        int day = number(value, 31, type);
        return String.format("%04d-%02d-%02d ", year, month, day) + clock(value, type);
    }

    private static String time(ByteBuf in, int type) {
        ByteBuf value = value(in, type, 8, 12, 12);
        boolean negative = number(value, 0xFF, type) != 0;
        long days = value.isReadable() ? Wire.readInt4(value) : 0;
        return (negative ? "-" : "") + days + ' ' + clock(value, type);
    }

    private static String clock(ByteBuf value, int type) {
        int hour = number(value, 24, type);
        int minute = number(value, 60, type);
        int second = number(value, 99, type);
        long fraction = value.isReadable() ? Wire.readInt4(value) : 0;
        return String.format("%02d:%02d:%02d.%09d", hour, minute, second, fraction);
    }

    private static int number(ByteBuf value, int most, int type) {
        return value.isReadable() ? atMost(most, Wire.readInt1(value), type) : 0;
    }

    private static int atMost(int most, int number, int type) {
        if (number > most) {
            throw unreadable(type);
        }
        return number;
    }

    private static ByteBuf value(ByteBuf in, int type, int shortest, int middle, int longest) {
        ByteBuf value = in.readSlice(Wire.readLenencLength(in));
        int length = value.readableBytes();
        if (length != 0 && length != shortest && length != middle && length != longest) {
            throw unreadable(type);
        }
        return value;
    }

    private static ProtocolException unreadable(int type) {
        return new ProtocolException("_get_string() failed for type = " + type);
    }
}
