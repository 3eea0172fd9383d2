package io.mysqlproxy.launcher.differential;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A value for a question mark.
 *
 * @param type of {@link ColumnType}, and 0x8000 if unsigned
 * @param literal the same in SQL
 * @param value as an execution has it; empty if it is null, or was sent before
 * @param pieces what is sent before
 */
record Parameter(int type, String literal, byte[] value, List<byte[]> pieces) {
    private static final int UNSIGNED = 0x8000;

    static Parameter none() {
        return new Parameter(ColumnType.NULL, "NULL", new byte[0], List.of());
    }

    /** An integer of 1, 2, 4 or 8 bytes. */
    static Parameter integer(int bytes, long value) {
        int type = switch (bytes) {
            case 1 -> ColumnType.TINY;
            case 2 -> ColumnType.SHORT;
            case 4 -> ColumnType.LONG;
            default -> ColumnType.LONGLONG;
        };
        byte[] little = WireClient.bytes(Unpooled.buffer().writeLongLE(value).writerIndex(bytes));
        return new Parameter(type, Long.toString(value), little, List.of());
    }

    Parameter unsigned() {
        return new Parameter(type | UNSIGNED, literal, value, pieces);
    }

    static Parameter floating(float value) {
        return new Parameter(
                ColumnType.FLOAT,
                value + "e0",
                WireClient.bytes(Unpooled.buffer().writeFloatLE(value)),
                List.of());
    }

    static Parameter floating(double value) {
        return new Parameter(
                ColumnType.DOUBLE,
                value + "e0",
                WireClient.bytes(Unpooled.buffer().writeDoubleLE(value)),
                List.of());
    }

    /** Text or bytes of any type that is sent with its length. */
    static Parameter text(int type, String text) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeLenencString(out, ByteString.of(text.getBytes(StandardCharsets.UTF_8)));
        return new Parameter(type, "'" + text + "'", WireClient.bytes(out), List.of());
    }

    /** A date or a time: its bytes as numbers, without their count. */
    static Parameter temporal(int type, String literal, int... bytes) {
        ByteBuf out = Unpooled.buffer().writeByte(bytes.length);
        for (int each : bytes) {
            out.writeByte(each);
        }
        return new Parameter(type, literal, WireClient.bytes(out), List.of());
    }

    /** Sent piece by piece, before the execution. */
    static Parameter pieces(String... pieces) {
        return new Parameter(
                ColumnType.BLOB,
                "'" + String.join("", pieces) + "'",
                new byte[0],
                List.of(pieces).stream()
                        .map(each -> each.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    boolean isNull() {
        return type == ColumnType.NULL;
    }
}
