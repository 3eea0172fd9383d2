package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the text protocol: per column a {@code string<lenenc>}, or 0xFB for NULL. Source: manual, "Text Resultset
 * Row".
 *
 * @param cells one per column; null for NULL
 */
public record TextRow(List<ByteString> cells) {
    /**
     * Reads a payload, all of it.
     *
     * @param columns how many cells it has
     */
    public static TextRow read(ByteBuf payload, int columns) {
        List<ByteString> cells = new ArrayList<>(Math.min(columns, payload.readableBytes()));
        for (int i = 0; i < columns; i++) {
            cells.add(Wire.readLenencOrNull(payload));
        }
        if (payload.isReadable()) {
            throw ProtocolException.at(payload.readerIndex(), "end of row", payload.readableBytes() + " bytes");
        }
        return new TextRow(cells);
    }

    /** Appends the payload. */
    public void write(ByteBuf out) {
        for (ByteString cell : cells) {
            Wire.writeLenencString(out, cell);
        }
    }
}
