package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The server wants another authentication method.
 *
 * <pre>
 * int&lt;1&gt;       0xFE
 * string&lt;NUL&gt;  plugin name
 * string&lt;EOF&gt;  data: for password methods 20 bytes of scramble and a NUL
 * </pre>
 *
 * <p>The header alone asks for the password as it was hashed before 4.1; it reads as {@link #OLD_PASSWORD} without data.
 * Source: manual, "Protocol::AuthSwitchRequest"; W-15.
 *
 * @param data with its trailing NUL, if it has one
 */
public record AuthSwitch(String plugin, ByteString data) {
    /** First byte of the payload. */
    public static final int HEADER = 0xFE;

    /** What the header alone stands for. */
    public static final String OLD_PASSWORD = "mysql_old_password";

    /** Reads either form. */
    public static AuthSwitch read(ByteBuf payload) {
        Wire.readHeader(payload, HEADER, "authentication switch");
        if (!payload.isReadable()) {
            return new AuthSwitch(OLD_PASSWORD, ByteString.EMPTY);
        }
        String plugin = Wire.readNulOrRest(payload).latin1();
        return new AuthSwitch(plugin, Wire.readRestString(payload));
    }

    /** Appends the payload, always in the long form. */
    public void write(ByteBuf out) {
        Wire.writeNulString(out.writeByte(HEADER), plugin);
        Wire.writeBytes(out, data);
    }
}
