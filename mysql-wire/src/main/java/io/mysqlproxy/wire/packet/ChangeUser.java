package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;

/**
 * Logs in again on the same connection.
 *
 * <pre>
 * int&lt;1&gt;                0x11
 * string&lt;NUL&gt;           user name
 * SECURE_CONNECTION:    int&lt;1&gt; length, bytes ┐ authentication response
 * otherwise:            string&lt;NUL&gt;          ┘
 * string&lt;NUL&gt;           schema
 * int&lt;2&gt;                character set; it and all behind it may be missing
 * PLUGIN_AUTH:          string&lt;NUL&gt; plugin name
 * CONNECT_ATTRS:        string&lt;lenenc&gt; attributes
 * </pre>
 *
 * <p>Source: manual, "COM_CHANGE_USER".
 *
 * @param database empty for none
 * @param charset 0 if it is missing
 * @param authPlugin empty without PLUGIN_AUTH
 */
public record ChangeUser(
        ByteString username,
        ByteString authResponse,
        ByteString database,
        int charset,
        String authPlugin,
        ConnectAttributes attributes) {
    /**
     * Reads a payload.
     *
     * @param negotiated the capabilities of the leg
     */
    public static ChangeUser read(ByteBuf payload, Capabilities negotiated) {
        Wire.readHeader(payload, Command.COM_CHANGE_USER.code(), "COM_CHANGE_USER");
        ByteString username = Wire.readNulString(payload);
        ByteString authResponse = negotiated.has(Capabilities.SECURE_CONNECTION)
                ? Wire.readBytes(payload, Wire.readInt1(payload))
                : Wire.readNulString(payload);
        ByteString database = Wire.readNulString(payload);
        int charset = payload.isReadable() ? Wire.readInt2(payload) : 0;
        String plugin = negotiated.has(Capabilities.PLUGIN_AUTH)
                ? Wire.readNulOrRest(payload).latin1()
                : "";
        ConnectAttributes attributes = ConnectAttributes.read(payload, negotiated);
        return new ChangeUser(username, authResponse, database, charset, plugin, attributes);
    }

    /** The same without an answer, by another method: the server has to ask for one. */
    public ChangeUser withoutAnswer(String plugin) {
        return new ChangeUser(username, ByteString.EMPTY, database, charset, plugin, attributes);
    }

    /**
     * Appends the payload.
     *
     * @param negotiated the capabilities of the leg
     * @throws IllegalArgumentException if the authentication response does not fit its field
     */
    public void write(ByteBuf out, Capabilities negotiated) {
        Wire.writeNulString(out.writeByte(Command.COM_CHANGE_USER.code()), username);
        if (negotiated.has(Capabilities.SECURE_CONNECTION)) {
            Wire.writeShortString(out, authResponse);
        } else {
            Wire.writeNulString(out, authResponse);
        }
        Wire.writeNulString(out, database);
        out.writeShortLE(charset);
        if (negotiated.has(Capabilities.PLUGIN_AUTH)) {
            Wire.writeNulString(out, authPlugin);
        }
        if (negotiated.has(Capabilities.CONNECT_ATTRS)) {
            attributes.write(out);
        }
    }
}
