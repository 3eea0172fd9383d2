package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.packet.BinaryRow;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.TextRow;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The first result set of a buffered response. Nothing is parsed until it is asked for: definitions once, a row each time
 * it is iterated over.
 *
 * <p>The view neither retains the payloads nor moves their indices: they have to live as long as the view does.
 */
public final class ResultView {
    private final List<ByteBuf> payloads;
    private final Capabilities capabilities;
    private final boolean binary;
    private List<ColumnDefinition> columns;

    /**
     * A view of a response.
     *
     * @param payloads logical payloads in the order they came: what was split is joined
     * @param capabilities what was negotiated on the leg they came from
     * @param binary whether rows are those of the binary protocol
     */
    public ResultView(List<ByteBuf> payloads, Capabilities capabilities, boolean binary) {
        this.payloads = payloads;
        this.capabilities = capabilities;
        this.binary = binary;
    }

    /** Whether the response begins with a result set, complete at least as far as its definitions. */
    public boolean isResult() {
        return count() > 0;
    }

    /** How many columns; 0 if the response does not begin with a result set. */
    private int count() {
        int first = payloads.isEmpty() ? -1 : first(payloads.get(0));
        if (first <= ResponseReader.OK || first == ResponseReader.LOCAL_INFILE || first >= ResponseReader.END) {
            return 0;
        }
        ByteBuf packet = payloads.get(0).duplicate();
        try {
            long count = Wire.readLenencInt(packet);
            return packet.isReadable() || count >= payloads.size() ? 0 : (int) count;
        } catch (ProtocolException e) {
            return 0;
        }
    }

    /**
     * The columns; none if the response does not begin with a result set.
     *
     * @throws ProtocolException if a definition is malformed
     */
    public List<ColumnDefinition> columns() {
        if (columns == null) {
            List<ColumnDefinition> parsed = new ArrayList<>();
            for (ByteBuf payload : payloads.isEmpty() ? payloads : payloads.subList(1, 1 + count())) {
                parsed.add(ColumnDefinition.read(payload.duplicate()));
            }
            columns = List.copyOf(parsed);
        }
        return columns;
    }

    /**
     * The rows, from the first one each time. Each is an array of its own with one element per column: the bytes that the
     * text protocol shows, or null for NULL. They end where an EOF, OK or ERR packet ends them, or the payloads do.
     *
     * <p>The iterator throws a {@link ProtocolException} whose message ends in {@code row-data is invalid} for a row that
     * cannot be parsed.
     *
     * <p>Rows in the text form need no definitions: those are not read for them.
     *
     * @throws ProtocolException if rows are binary, and a definition is malformed
     */
    public Iterator<byte[][]> rows() {
        int count = binary ? columns().size() : count();
        int first = 1 + count;
        boolean separated = count > 0 && first < payloads.size() && isSeparator(payloads.get(first));
        return new Rows(count, count == 0 ? payloads.size() : separated ? first + 1 : first);
    }

    private static boolean isSeparator(ByteBuf payload) {
        return first(payload) == ResponseReader.END && Tally.isEof(payload.readableBytes());
    }

    private boolean isEnd(ByteBuf payload) {
        int first = first(payload);
        return first == ResponseReader.ERR || ResponseReader.ends(first, payload.readableBytes(), capabilities);
    }

    private static int first(ByteBuf payload) {
        return payload.isReadable() ? payload.getUnsignedByte(payload.readerIndex()) : -1;
    }

    private byte[][] parse(ByteBuf payload, int count) {
        try {
            List<ByteString> cells = binary
                    ? BinaryRow.read(payload, columns()).cells()
                    : TextRow.read(payload, count).cells();
            byte[][] row = new byte[cells.size()][];
            for (int i = 0; i < row.length; i++) {
                ByteString cell = cells.get(i);
                row[i] = cell == null ? null : cell.bytes();
            }
            return row;
        } catch (ProtocolException e) {
            throw new ProtocolException(e.getMessage() + ": row-data is invalid");
        }
    }

    private final class Rows implements Iterator<byte[][]> {
        private final int count;
        private int next;

        Rows(int count, int next) {
            this.count = count;
            this.next = next;
        }

        @Override
        public boolean hasNext() {
            return next < payloads.size() && !isEnd(payloads.get(next));
        }

        @Override
        public byte[][] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return parse(payloads.get(next++).duplicate(), count);
        }
    }
}
