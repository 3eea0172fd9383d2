package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * A statement was prepared; the definitions it announces follow.
 *
 * <pre>
 * int&lt;1&gt;  0x00
 * int&lt;4&gt;  statement id
 * int&lt;2&gt;  columns
 * int&lt;2&gt;  parameters
 * int&lt;1&gt;  filler, 0
 * int&lt;2&gt;  warnings
 * </pre>
 *
 * <p>Source: manual, "COM_STMT_PREPARE Response".
 */
public record PrepareOk(long statementId, int columns, int parameters, int warnings) {
    /** First byte of the payload. */
    public static final int HEADER = 0x00;

    /** Reads a payload of 12 bytes or more. */
    public static PrepareOk read(ByteBuf payload) {
        Wire.readHeader(payload, HEADER, "prepare-OK packet");
        long statementId = Wire.readInt4(payload);
        int columns = Wire.readInt2(payload);
        int parameters = Wire.readInt2(payload);
        Wire.skip(payload, 1);
        return new PrepareOk(statementId, columns, parameters, Wire.readInt2(payload));
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        out.writeByte(HEADER)
                .writeIntLE((int) statementId)
                .writeShortLE(columns)
                .writeShortLE(parameters);
        out.writeByte(0).writeShortLE(warnings);
    }
}
