package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Success; with header 0xFE also the end of rows, where EOF packets are deprecated.
 *
 * <pre>
 * int&lt;1&gt;          0x00, or 0xFE in the place of EOF
 * int&lt;lenenc&gt;     affected rows
 * int&lt;lenenc&gt;     last insert id
 * int&lt;2&gt;          status
 * int&lt;2&gt;          warnings
 * with SESSION_TRACK:  string&lt;lenenc&gt; info; if SESSION_STATE_CHANGED, string&lt;lenenc&gt; session state
 * otherwise:           string&lt;EOF&gt; info by the manual, string&lt;lenenc&gt; or nothing by servers
 * </pre>
 *
 * <p>Servers leave out an empty info even with SESSION_TRACK; it is always written, since some clients insist on it
 * (W-28). Source: manual, "OK_Packet".
 *
 * @param info text for people, such as {@code Rows matched: 1}
 * @param sessionState the block of session state changes as it travels; empty unless the status says
 *     {@link ServerStatus#SESSION_STATE_CHANGED}
 */
public record Ok(long affectedRows, long insertId, int status, int warnings, ByteString info, ByteString sessionState) {
    /** First byte of the payload. */
    public static final int HEADER = 0x00;

    private static final int TRACK_SCHEMA = 1;

    /** Without info and session state. */
    public Ok(long affectedRows, long insertId, int status, int warnings) {
        this(affectedRows, insertId, status, warnings, ByteString.EMPTY, ByteString.EMPTY);
    }

    /** One session state change: its type, and data of a form that depends on it. */
    public record Change(int type, ByteString data) {}

    /** Reads a payload that begins with 0x00 or 0xFE. */
    public static Ok read(ByteBuf payload, Capabilities capabilities) {
        int at = payload.readerIndex();
        int header = Wire.readInt1(payload);
        if (header != HEADER && header != Eof.HEADER) {
            throw ProtocolException.at(at, "OK packet (0x00, 0xfe)", String.format("0x%02x", header));
        }
        long affectedRows = Wire.readLenencInt(payload);
        long insertId = Wire.readLenencInt(payload);
        int status = Wire.readInt2(payload);
        int warnings = Wire.readInt2(payload);
        ByteString info = ByteString.EMPTY;
        ByteString state = ByteString.EMPTY;
        if (!capabilities.has(Capabilities.SESSION_TRACK)) {
            info = readInfo(payload);
        } else if (payload.isReadable()) {
            info = Wire.readLenencString(payload);
            boolean changed = (status & ServerStatus.SESSION_STATE_CHANGED) != 0;
            state = changed && payload.isReadable() ? Wire.readLenencString(payload) : state;
        }
        return new Ok(affectedRows, insertId, status, warnings, info, state);
    }

    /** The manual says that the text is all that is left; servers put its length before it all the same. */
    private static ByteString readInfo(ByteBuf payload) {
        if (!payload.isReadable()) {
            return ByteString.EMPTY;
        }
        ByteBuf probe = payload.duplicate();
        try {
            boolean counted = Wire.readLenencInt(probe) == probe.readableBytes();
            return counted ? Wire.readLenencString(payload) : Wire.readRestString(payload);
        } catch (ProtocolException e) { // no length then, but text
            return Wire.readRestString(payload);
        }
    }

    /** Appends the payload with header 0x00. */
    public void write(ByteBuf out, Capabilities capabilities) {
        write(out, capabilities, HEADER);
    }

    /** Appends the payload with header 0xFE: the end of rows where EOF packets are deprecated. */
    public void writeEnd(ByteBuf out, Capabilities capabilities) {
        write(out, capabilities, Eof.HEADER);
    }

    private void write(ByteBuf out, Capabilities capabilities, int header) {
        boolean track = capabilities.has(Capabilities.SESSION_TRACK);
        // Without the tracker nobody may be told that a block of changes follows.
        boolean changed = track && !sessionState.isEmpty();
        int said = changed ? status | ServerStatus.SESSION_STATE_CHANGED : status & ~ServerStatus.SESSION_STATE_CHANGED;
        out.writeByte(header);
        Wire.writeLenencInt(out, affectedRows);
        Wire.writeLenencInt(out, insertId);
        out.writeShortLE(said).writeShortLE(warnings);
        if (track || !info.isEmpty()) {
            Wire.writeLenencString(out, info);
        }
        if (changed) {
            Wire.writeLenencString(out, sessionState);
        }
    }

    /**
     * The session state changes: each an {@code int<1>} type and a {@code string<lenenc>}. Types: 0 variable, 1 schema, 2
     * state change, 3 GTID, 4 transaction characteristics, 5 transaction state; others are kept as they are (W-29).
     *
     * @throws ProtocolException if the block is malformed
     */
    public List<Change> changes() {
        if (sessionState.isEmpty()) {
            return List.of();
        }
        ByteBuf block = Unpooled.wrappedBuffer(sessionState.bytes());
        List<Change> changes = new ArrayList<>();
        while (block.isReadable()) {
            changes.add(new Change(Wire.readInt1(block), Wire.readLenencString(block)));
        }
        return changes;
    }

    /** The schema that is current now, if the session tracker says that it changed; empty bytes for no schema. */
    public Optional<ByteString> schemaChange() {
        ByteString schema = null;
        for (Change change : changes()) {
            if (change.type() == TRACK_SCHEMA) {
                schema = Wire.readLenencString(
                        Unpooled.wrappedBuffer(change.data().bytes()));
            }
        }
        return Optional.ofNullable(schema);
    }
}
