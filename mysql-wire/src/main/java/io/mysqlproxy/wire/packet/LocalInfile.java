package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The server asks the client for a file: 0xFB and a {@code string<EOF>} name. The name is the server's choice and must
 * never be opened on this side (W-49). Source: manual, "LOCAL INFILE Request".
 */
public record LocalInfile(ByteString fileName) {
    /** First byte of the payload. */
    public static final int HEADER = 0xFB;

    /** Reads a payload. */
    public static LocalInfile read(ByteBuf payload) {
        Wire.readHeader(payload, HEADER, "LOCAL INFILE request");
        return new LocalInfile(Wire.readRestString(payload));
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        Wire.writeBytes(out.writeByte(HEADER), fileName);
    }
}
