package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Failure.
 *
 * <pre>
 * int&lt;1&gt;       0xFF
 * int&lt;2&gt;       error number
 * string&lt;1&gt;    '#'  ┐ absent before capabilities were agreed (W-01)
 * string&lt;5&gt;    SQL state ┘
 * string&lt;EOF&gt;  message
 * </pre>
 *
 * <p>Source: manual, "ERR_Packet".
 *
 * @param code error number, see {@link io.mysqlproxy.wire.ErrorCode}
 * @param sqlState five characters; null writes, or was read from, the form without
 */
public record Err(int code, String sqlState, ByteString message) {
    /** First byte of the payload. */
    public static final int HEADER = 0xFF;

    private static final int STATE_LENGTH = 5;

    /** Checks the SQL state's length, since nothing on the wire separates it from the message. */
    public Err {
        if (sqlState != null && sqlState.length() != STATE_LENGTH) {
            throw new IllegalArgumentException("SQL state of " + sqlState.length() + " characters: " + sqlState);
        }
    }

    /** With a message in UTF-8. */
    public Err(int code, String sqlState, String message) {
        this(code, sqlState, ByteString.of(message));
    }

    /** Reads either form. */
    public static Err read(ByteBuf payload) {
        Wire.readHeader(payload, HEADER, "ERR packet");
        int code = Wire.readInt2(payload);
        String state = null;
        if (payload.isReadable() && payload.getByte(payload.readerIndex()) == '#') {
            payload.skipBytes(1);
            state = Wire.readBytes(payload, STATE_LENGTH).latin1();
        }
        return new Err(code, state, Wire.readRestString(payload));
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        out.writeByte(HEADER).writeShortLE(code);
        if (sqlState != null) {
            out.writeByte('#').writeBytes(sqlState.getBytes(StandardCharsets.ISO_8859_1));
        }
        Wire.writeBytes(out, message);
    }

    /** The same without SQL state: for a client that has not told its capabilities yet. */
    public Err withoutState() {
        return new Err(code, null, message);
    }
}
