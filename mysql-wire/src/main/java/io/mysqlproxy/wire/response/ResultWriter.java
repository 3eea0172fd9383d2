package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.Eof;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Ok;
import io.mysqlproxy.wire.packet.TextRow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers that somebody made up, as payloads for a leg. Payloads are not framed; {@link io.mysqlproxy.wire.Packet#write}
 * does that.
 *
 * @param allocator where payloads come from; the caller owns them
 * @param capabilities what was negotiated on the leg they are for
 */
public record ResultWriter(ByteBufAllocator allocator, Capabilities capabilities) {
    /** Rows are many and mostly short; the allocator's own default would be four times this. */
    private static final int INITIAL = 64;

    /** An OK packet. */
    public ByteBuf ok(Ok ok) {
        return payload(out -> ok.write(out, capabilities));
    }

    /** An ERR packet; without SQL state if the client is one that knows none. */
    public ByteBuf err(Err err) {
        return payload((capabilities.has(Capabilities.PROTOCOL_41) ? err : err.withoutState())::write);
    }

    /**
     * A result set with text rows: column count, definitions, EOF, rows, EOF; where EOF packets are deprecated, without the
     * first one and with an OK packet in the place of the second.
     *
     * @param columns at least one
     * @param rows each with a cell per column
     * @param status flags for the last packet, see {@link ServerStatus}; the first EOF says what is usual (J-11)
     * @param warnings count for the last packet
     * @return payloads in the order in which they are to be sent
     */
    public List<ByteBuf> result(List<ColumnDefinition> columns, Iterable<TextRow> rows, int status, int warnings) {
        boolean deprecated = capabilities.has(Capabilities.DEPRECATE_EOF);
        List<ByteBuf> all = new ArrayList<>();
        try {
            all.add(payload(out -> Wire.writeLenencInt(out, columns.size())));
            columns.forEach(column -> all.add(payload(column::write)));
            if (!deprecated) {
                all.add(payload(new Eof(0, ServerStatus.AUTOCOMMIT)::write));
            }
            rows.forEach(row -> all.add(payload(row::write)));
            Ok end = new Ok(0, 0, status, warnings);
            all.add(payload(deprecated ? out -> end.writeEnd(out, capabilities) : new Eof(warnings, status)::write));
            return all;
        } catch (RuntimeException e) {
            all.forEach(ByteBuf::release);
            throw e;
        }
    }

    private ByteBuf payload(Consumer<ByteBuf> content) {
        ByteBuf out = allocator.buffer(INITIAL);
        try {
            content.accept(out);
            return out;
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
    }
}
