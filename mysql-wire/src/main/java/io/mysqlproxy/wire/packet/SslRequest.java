package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The client wants TLS before it says more: the first 32 bytes of a {@link HandshakeResponse} and nothing else.
 *
 * <pre>
 * int&lt;4&gt;      capabilities
 * int&lt;4&gt;      longest packet the client accepts
 * int&lt;1&gt;      character set
 * string&lt;19&gt;  reserved, 0
 * int&lt;4&gt;      MariaDB without LONG_PASSWORD: extended capabilities; else reserved, 0
 * </pre>
 *
 * <p>Source: manual, "Protocol::SSLRequest".
 */
public record SslRequest(Capabilities capabilities, long maxPacketSize, int charset) {
    private static final int LENGTH = 32;
    private static final int RESERVED = 19;

    /** Whether a client's first payload is this packet and not a {@link HandshakeResponse}; moves no index. */
    public static boolean matches(ByteBuf payload) {
        return payload.readableBytes() == LENGTH
                && new Capabilities(payload.getUnsignedIntLE(payload.readerIndex()))
                        .has(Capabilities.SSL | Capabilities.PROTOCOL_41);
    }

    /** The request that goes before a login: its first 32 bytes, which servers compare. Null if it is shorter. */
    public static SslRequest before(ByteBuf login) {
        return login.readableBytes() < LENGTH ? null : read(login.slice());
    }

    /** Reads 32 bytes; what is behind them is left. */
    public static SslRequest read(ByteBuf payload) {
        long standard = Wire.readInt4(payload);
        long maxPacketSize = Wire.readInt4(payload);
        int charset = Wire.readInt1(payload);
        Wire.skip(payload, RESERVED);
        return new SslRequest(Greeting.withExtended(standard, Wire.readInt4(payload)), maxPacketSize, charset);
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        out.writeIntLE((int) capabilities.bits())
                .writeIntLE((int) maxPacketSize)
                .writeByte(charset);
        out.writeZero(RESERVED).writeIntLE((int) capabilities.extended());
    }
}
