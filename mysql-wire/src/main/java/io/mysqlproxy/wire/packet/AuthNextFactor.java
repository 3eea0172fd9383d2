package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * One factor was accepted, and here is the next.
 *
 * <pre>
 * int&lt;1&gt;       0x02
 * string&lt;NUL&gt;  plugin name
 * string&lt;EOF&gt;  data
 * </pre>
 *
 * <p>Source: manual, "Protocol::AuthNextFactorRequest"; W-17.
 */
public record AuthNextFactor(String plugin, ByteString data) {
    /** First byte of the payload. */
    public static final int HEADER = 0x02;

    /** Reads a payload. */
    public static AuthNextFactor read(ByteBuf payload) {
        Wire.readHeader(payload, HEADER, "next authentication factor");
        String plugin = Wire.readNulOrRest(payload).latin1();
        return new AuthNextFactor(plugin, Wire.readRestString(payload));
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        Wire.writeNulString(out.writeByte(HEADER), plugin);
        Wire.writeBytes(out, data);
    }
}
