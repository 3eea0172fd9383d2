package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Collation;
import io.mysqlproxy.wire.ColumnFlag;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * One column of a result set or parameter of a statement.
 *
 * <pre>
 * string&lt;lenenc&gt;  catalog, schema, table, original table, name, original name
 * int&lt;lenenc&gt;     length of what follows, 12
 * int&lt;2&gt;          character set
 * int&lt;4&gt;          length
 * int&lt;1&gt;          type, see {@link io.mysqlproxy.wire.ColumnType}
 * int&lt;2&gt;          flags, see {@link ColumnFlag}
 * int&lt;1&gt;          decimals: 31 for floating point numbers without a fixed count
 * string&lt;2&gt;       filler, 0
 * </pre>
 *
 * <p>COM_FIELD_LIST appends a default value, which is ignored. Source: manual, "Protocol::ColumnDefinition41"; W-32.
 */
public record ColumnDefinition(
        ByteString catalog,
        ByteString schema,
        ByteString table,
        ByteString orgTable,
        ByteString name,
        ByteString orgName,
        int charset,
        long length,
        int type,
        int flags,
        int decimals) {
    private static final ByteString CATALOG = ByteString.of("def");
    private static final int FIXED = 12;
    private static final int DEFAULT_LENGTH = 32;

    /** A column of a result set that was made up: only its name and type were said. */
    public static ColumnDefinition of(ByteString name, int type) {
        ByteString none = ByteString.EMPTY;
        return new ColumnDefinition(
                CATALOG,
                none,
                none,
                none,
                name,
                none,
                Collation.LATIN1_SWEDISH_CI,
                DEFAULT_LENGTH,
                type,
                ColumnFlag.PRI_KEY,
                0);
    }

    /** Reads a payload. */
    public static ColumnDefinition read(ByteBuf payload) {
        ByteString catalog = Wire.readLenencString(payload);
        ByteString schema = Wire.readLenencString(payload);
        ByteString table = Wire.readLenencString(payload);
        ByteString orgTable = Wire.readLenencString(payload);
        ByteString name = Wire.readLenencString(payload);
        ByteString orgName = Wire.readLenencString(payload);
        ByteBuf fixed = Wire.readLenencSlice(payload);
        if (fixed.readableBytes() < FIXED) {
            throw ProtocolException.at(
                    payload.readerIndex(), "column attributes of 12 bytes", fixed.readableBytes() + " bytes");
        }
        return new ColumnDefinition(
                catalog,
                schema,
                table,
                orgTable,
                name,
                orgName,
                Wire.readInt2(fixed),
                Wire.readInt4(fixed),
                Wire.readInt1(fixed),
                Wire.readInt2(fixed),
                Wire.readInt1(fixed));
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        Wire.writeLenencString(out, catalog);
        Wire.writeLenencString(out, schema);
        Wire.writeLenencString(out, table);
        Wire.writeLenencString(out, orgTable);
        Wire.writeLenencString(out, name);
        Wire.writeLenencString(out, orgName);
        out.writeByte(FIXED).writeShortLE(charset).writeIntLE((int) length).writeByte(type);
        out.writeShortLE(flags).writeByte(decimals).writeZero(2);
    }

    /** Whether a flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
