package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnFlag;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.value.BinaryValue;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the binary protocol, decoded to the texts that the text protocol would have sent.
 *
 * <pre>
 * int&lt;1&gt;       0x00
 * string&lt;$n&gt;   NULL bitmap, (columns + 9) / 8 bytes; column i is bit i + 2
 * …            the values that are not NULL, each as {@link BinaryValue} says
 * </pre>
 *
 * <p>It is read only: the proxy makes up no binary rows, and the types that texts came from are gone. Source: manual,
 * "Binary Protocol Resultset Row".
 *
 * @param cells one per column; null for NULL
 */
public record BinaryRow(List<ByteString> cells) {
    /** First byte of the payload. */
    public static final int HEADER = 0x00;

    private static final int FIRST_BIT = 2;

    /** Reads a payload, all of it. */
    public static BinaryRow read(ByteBuf payload, List<ColumnDefinition> columns) {
        Wire.readHeader(payload, HEADER, "binary row");
        ByteString nulls = Wire.readBytes(payload, (columns.size() + FIRST_BIT + 7) / 8);
        List<ByteString> cells = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            boolean isNull = (nulls.at((i + FIRST_BIT) / 8) >> (i + FIRST_BIT) % 8 & 1) != 0;
            cells.add(isNull ? null : value(payload, columns.get(i)));
        }
        if (payload.isReadable()) {
            throw ProtocolException.at(payload.readerIndex(), "end of row", payload.readableBytes() + " bytes");
        }
        return new BinaryRow(cells);
    }

    private static ByteString value(ByteBuf payload, ColumnDefinition column) {
        return BinaryValue.read(payload, column.type(), column.has(ColumnFlag.UNSIGNED), column.decimals());
    }
}
