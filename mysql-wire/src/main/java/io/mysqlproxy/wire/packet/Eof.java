package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The end of definitions or rows, where EOF packets are not deprecated.
 *
 * <pre>
 * int&lt;1&gt;  0xFE
 * int&lt;2&gt;  warnings
 * int&lt;2&gt;  status
 * </pre>
 *
 * <p>The form before 4.1 is the header alone; it reads as zeros. Source: manual, "EOF_Packet".
 */
public record Eof(int warnings, int status) {
    /** First byte of the payload. */
    public static final int HEADER = 0xFE;

    /** Reads a payload of one byte, or of five and more. */
    public static Eof read(ByteBuf payload) {
        Wire.readHeader(payload, HEADER, "EOF packet");
        return payload.isReadable() ? new Eof(Wire.readInt2(payload), Wire.readInt2(payload)) : new Eof(0, 0);
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        out.writeByte(HEADER).writeShortLE(warnings).writeShortLE(status);
    }
}
