package io.mysqlproxy.core.script.module.proto;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.packet.Eof;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Ok;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** OK, ERR and EOF. */
public final class StatusPackets {
    private static final int STATE_LENGTH = 5;
    private static final int LONGEST_MESSAGE = 512;

    private StatusPackets() {}

    /** Insists on the form with SQL state. */
    public static Map<String, Object> readErr(ByteBuf payload) {
        Err err = Err.read(payload);
        if (err.sqlState() == null) {
            throw new ProtocolException("no SQL state");
        }
        return new Record()
                .put("errcode", err.code())
                .put("sqlstate", ByteString.of(err.sqlState().getBytes(StandardCharsets.ISO_8859_1)))
                .put("errmsg", err.message())
                .entries();
    }

    /** Texts are cut and filled to what fits. */
    public static void writeErr(ByteBuf out, Fields fields) {
        ByteString message = fields.text("errmsg");
        out.writeByte(Err.HEADER).writeShortLE((int) fields.number("errcode")).writeByte('#');
        out.writeBytes(state(fields.text("sqlstate", "07000")));
        out.writeBytes(message.bytes(), 0, Math.min(message.length(), LONGEST_MESSAGE));
    }

    private static byte[] state(ByteString given) {
        byte[] state = Arrays.copyOf(given.bytes(), STATE_LENGTH);
        if (given.length() < STATE_LENGTH) {
            Arrays.fill(state, given.length(), STATE_LENGTH, (byte) '0');
        }
        return state;
    }

    /** What is behind the warnings does not matter. */
    public static Map<String, Object> readOk(ByteBuf payload) {
        Wire.readHeader(payload, Ok.HEADER, "OK packet");
        return new Record()
                .put("affected_rows", Wire.readLenencInt(payload))
                .put("insert_id", Wire.readLenencInt(payload))
                .put("server_status", Wire.readInt2(payload))
                .put("warnings", Wire.readInt2(payload))
                .entries();
    }

    /** Without info. */
    public static void writeOk(ByteBuf out, Fields fields) {
        out.writeByte(Ok.HEADER);
        Wire.writeLenencInt(out, fields.number("affected_rows"));
        Wire.writeLenencInt(out, fields.number("insert_id"));
        out.writeShortLE((int) fields.number("server_status")).writeShortLE((int) fields.number("warnings"));
    }

    /** The form of 4.1. */
    public static Map<String, Object> readEof(ByteBuf payload) {
        Wire.readHeader(payload, Eof.HEADER, "EOF packet");
        return new Record()
                .put("warnings", Wire.readInt2(payload))
                .put("server_status", Wire.readInt2(payload))
                .entries();
    }

    /** The form of 4.1. */
    public static void writeEof(ByteBuf out, Fields fields) {
        out.writeByte(Eof.HEADER);
        out.writeShortLE((int) fields.number("warnings")).writeShortLE((int) fields.number("server_status"));
    }
}
