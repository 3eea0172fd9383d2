package io.mysqlproxy.wire.packet;

import static io.mysqlproxy.wire.Capabilities.CONNECT_ATTRS;
import static io.mysqlproxy.wire.Capabilities.CONNECT_WITH_DB;
import static io.mysqlproxy.wire.Capabilities.PLUGIN_AUTH;
import static io.mysqlproxy.wire.Capabilities.PLUGIN_AUTH_LENENC;
import static io.mysqlproxy.wire.Capabilities.PROTOCOL_41;
import static io.mysqlproxy.wire.Capabilities.SECURE_CONNECTION;
import static io.mysqlproxy.wire.Capabilities.ZSTD_COMPRESSION_ALGORITHM;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;

/**
 * The client's login. The layout depends on what both sides have set, whatever else the client claims.
 *
 * <pre>
 * 32 bytes            as {@link SslRequest}
 * string&lt;NUL&gt;         user name
 * PLUGIN_AUTH_LENENC: string&lt;lenenc&gt;    ┐
 * SECURE_CONNECTION:  int&lt;1&gt; length, bytes ├ authentication response
 * otherwise:          string&lt;NUL&gt;       ┘
 * CONNECT_WITH_DB:    string&lt;NUL&gt;       schema
 * PLUGIN_AUTH:        string&lt;NUL&gt;       plugin name; the NUL may be missing
 * CONNECT_ATTRS:      string&lt;lenenc&gt;    attributes; may be missing
 * ZSTD_COMPRESSION_ALGORITHM: int&lt;1&gt;    compression level
 * </pre>
 *
 * <p>Source: manual, "Protocol::HandshakeResponse41". The form before 4.1 is only recognised ({@link #isProtocol41}).
 *
 * @param capabilities what the client set, also where the server did not offer it
 * @param database empty for none
 * @param authPlugin empty without PLUGIN_AUTH
 */
public record HandshakeResponse(
        Capabilities capabilities,
        long maxPacketSize,
        int charset,
        ByteString username,
        ByteString authResponse,
        ByteString database,
        String authPlugin,
        ConnectAttributes attributes,
        int zstdLevel) {
    /** Whether a client's first payload has the layout of 4.1; moves no index. */
    public static boolean isProtocol41(ByteBuf payload) {
        return payload.readableBytes() >= 2
                && new Capabilities(payload.getUnsignedShortLE(payload.readerIndex())).has(PROTOCOL_41);
    }

    /**
     * Reads a payload.
     *
     * @param offered the capabilities of the greeting that the client answers
     */
    public static HandshakeResponse read(ByteBuf payload, Capabilities offered) {
        if (!isProtocol41(payload)) {
            throw new ProtocolException("4.0 protocol is not supported");
        }
        SslRequest head = SslRequest.read(payload);
        Capabilities layout = head.capabilities().and(offered);
        ByteString username = Wire.readNulString(payload);
        ByteString authResponse = readAuthResponse(payload, layout);
        ByteString database = layout.has(CONNECT_WITH_DB) ? Wire.readNulString(payload) : ByteString.EMPTY;
        String plugin = layout.has(PLUGIN_AUTH) ? Wire.readNulOrRest(payload).latin1() : "";
        ConnectAttributes attributes = ConnectAttributes.read(payload, layout);
        boolean levelled = layout.has(ZSTD_COMPRESSION_ALGORITHM) && payload.isReadable();
        return new HandshakeResponse(
                head.capabilities(),
                head.maxPacketSize(),
                head.charset(),
                username,
                authResponse,
                database,
                plugin,
                attributes,
                levelled ? Wire.readInt1(payload) : 0);
    }

    private static ByteString readAuthResponse(ByteBuf in, Capabilities layout) {
        if (layout.has(PLUGIN_AUTH_LENENC)) {
            return Wire.readLenencString(in);
        }
        return layout.has(SECURE_CONNECTION) ? Wire.readBytes(in, Wire.readInt1(in)) : Wire.readNulString(in);
    }

    /**
     * Appends the payload.
     *
     * @param offered the capabilities of the greeting that this answers
     * @throws IllegalArgumentException if the authentication response does not fit its field
     */
    public void write(ByteBuf out, Capabilities offered) {
        Capabilities layout = capabilities.and(offered);
        new SslRequest(capabilities, maxPacketSize, charset).write(out);
        Wire.writeNulString(out, username);
        writeAuthResponse(out, layout);
        if (layout.has(CONNECT_WITH_DB)) {
            Wire.writeNulString(out, database);
        }
        if (layout.has(PLUGIN_AUTH)) {
            Wire.writeNulString(out, authPlugin);
        }
        if (layout.has(CONNECT_ATTRS)) {
            attributes.write(out);
        }
        if (layout.has(ZSTD_COMPRESSION_ALGORITHM)) {
            out.writeByte(zstdLevel);
        }
    }

    private void writeAuthResponse(ByteBuf out, Capabilities layout) {
        if (layout.has(PLUGIN_AUTH_LENENC)) {
            Wire.writeLenencString(out, authResponse);
        } else if (layout.has(SECURE_CONNECTION)) {
            Wire.writeShortString(out, authResponse);
        } else {
            Wire.writeNulString(out, authResponse);
        }
    }
}
