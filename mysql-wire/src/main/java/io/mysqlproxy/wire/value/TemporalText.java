package io.mysqlproxy.wire.value;

import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/** Dates and times of the binary protocol as the text protocol prints them. */
final class TemporalText {
    private static final int MOST_DECIMALS = 6;
    private static final int MICROS = 1_000_000;

    private TemporalText() {}

    /** {@code YYYY-MM-DD}; a time of day behind it is dropped. */
    static String date(ByteBuf in) {
        return dateTime(in, 0).substring(0, 10);
    }

    /** {@code YYYY-MM-DD HH:MM:SS} and as many digits of a second as the column has. */
    static String dateTime(ByteBuf in, int decimals) {
        ByteBuf value = value(in, 4, 7, 11);
        String date = value.isReadable()
                ? String.format("%04d-%02d-%02d", Wire.readInt2(value), Wire.readInt1(value), Wire.readInt1(value))
                : "0000-00-00";
        return date + ' ' + clock(value, 0) + fraction(value, decimals);
    }

    /** {@code [-]HH:MM:SS}, the hours with those of whole days, and the digits of a second. */
    static String time(ByteBuf in, int decimals) {
        ByteBuf value = value(in, 8, 12, 12);
        boolean negative = value.isReadable() && Wire.readInt1(value) != 0;
        long days = value.isReadable() ? Wire.readInt4(value) : 0;
        return (negative ? "-" : "") + clock(value, days * 24) + fraction(value, decimals);
    }

    private static String clock(ByteBuf value, long hours) {
        if (!value.isReadable()) {
            return "00:00:00";
        }
        return String.format(
                "%02d:%02d:%02d", hours + Wire.readInt1(value), Wire.readInt1(value), Wire.readInt1(value));
    }

    /** A column that does not say how many digits it has shows them all, or none if they are zero. */
    private static String fraction(ByteBuf value, int decimals) {
        long micros = value.isReadable() ? Wire.readInt4(value) : 0;
        if (micros >= MICROS) {
            throw ProtocolException.at(value.readerIndex() - 4, "microseconds", Long.toString(micros));
        }
        int digits = decimals <= MOST_DECIMALS ? decimals : micros == 0 ? 0 : MOST_DECIMALS;
        return digits == 0 ? "" : String.format(".%06d", micros).substring(0, 1 + digits);
    }

    private static ByteBuf value(ByteBuf in, int shortest, int middle, int longest) {
        int at = in.readerIndex();
        ByteBuf value = Wire.readLenencSlice(in);
        int length = value.readableBytes();
        if (length != 0 && length != shortest && length != middle && length != longest) {
            throw ProtocolException.at(at, "date or time", length + " bytes");
        }
        return value;
    }
}
