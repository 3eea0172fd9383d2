package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The server's part of an authentication method's own exchange: 0x01 and {@code string<EOF>} data. Source: manual,
 * "Protocol::AuthMoreData".
 */
public record AuthMoreData(ByteString data) {
    /** First byte of the payload. */
    public static final int HEADER = 0x01;

    /** Reads a payload. */
    public static AuthMoreData read(ByteBuf payload) {
        Wire.readHeader(payload, HEADER, "authentication data");
        return new AuthMoreData(Wire.readRestString(payload));
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        Wire.writeBytes(out.writeByte(HEADER), data);
    }
}
