package io.mysqlproxy.wire.value;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client says about itself at login: {@code string<lenenc>} of at most 64 KiB, which holds pairs of
 * {@code string<lenenc>} name and value. Source: manual, "Protocol::HandshakeResponse41".
 *
 * @param entries in the order they were sent
 */
public record ConnectAttributes(List<Entry> entries) {
    /** No attributes. */
    public static final ConnectAttributes NONE = new ConnectAttributes(List.of());

    private static final int LONGEST = 0x10000;

    /** Keeps a copy of the list. */
    public ConnectAttributes {
        entries = List.copyOf(entries);
    }

    /** A name and its value. */
    public record Entry(ByteString name, ByteString value) {}

    /**
     * Reads the field, if the capabilities say that it is there. A client that says so and sends nothing at all is taken
     * to have no attributes.
     *
     * @throws ProtocolException if the block is longer than 64 KiB or its pairs do not fill it exactly
     */
    public static ConnectAttributes read(ByteBuf in, Capabilities layout) {
        if (!layout.has(Capabilities.CONNECT_ATTRS) || !in.isReadable()) {
            return NONE;
        }
        int at = in.readerIndex();
        ByteBuf block = Wire.readLenencSlice(in);
        if (block.readableBytes() > LONGEST) {
            throw ProtocolException.at(at, "attributes of at most 64 KiB", block.readableBytes() + " bytes");
        }
        List<Entry> entries = new ArrayList<>();
        while (block.isReadable()) {
            entries.add(new Entry(Wire.readLenencString(block), Wire.readLenencString(block)));
        }
        return new ConnectAttributes(entries);
    }

    /** Appends the field. */
    public void write(ByteBuf out) {
        ByteBuf block = Unpooled.buffer();
        for (Entry each : entries) {
            Wire.writeLenencString(block, each.name);
            Wire.writeLenencString(block, each.value);
        }
        Wire.writeLenencInt(out, block.readableBytes());
        out.writeBytes(block);
        block.release();
    }

    /** These attributes and one more. */
    public ConnectAttributes with(String name, String value) {
        List<Entry> all = new ArrayList<>(entries);
        all.add(new Entry(ByteString.of(name), ByteString.of(value)));
        return new ConnectAttributes(all);
    }
}
