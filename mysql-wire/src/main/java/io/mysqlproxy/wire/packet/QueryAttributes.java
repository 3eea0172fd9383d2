package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.value.BinaryValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Named values that a client sends along with a statement. Where QUERY_ATTRIBUTES was negotiated COM_QUERY has this block
 * between the command byte and the statement:
 *
 * <pre>
 * int&lt;lenenc&gt;     count
 * int&lt;lenenc&gt;     sets, 1
 * with a count:    string&lt;$n&gt; NULL bitmap, (count + 7) / 8 bytes; int&lt;1&gt; 1
 *                  count times int&lt;1&gt; type, int&lt;1&gt; 0x80 for unsigned, string&lt;lenenc&gt; name
 *                  the values that are not NULL, see {@link BinaryValue}
 * </pre>
 *
 * <p>Source: manual, "COM_QUERY".
 *
 * @param block the block as it travelled
 * @param entries what it says, in its order
 */
public record QueryAttributes(ByteString block, List<Entry> entries) {
    /** What has to be there even if there are none. */
    public static final QueryAttributes NONE = new QueryAttributes(ByteString.of(new byte[] {0, 1}), List.of());

    static final int UNSIGNED = 0x80;

    /** Digits behind the point of a floating point number: as many as it takes. */
    private static final int ALL_DECIMALS = 31;

    /** Keeps a copy of the list. */
    public QueryAttributes {
        entries = List.copyOf(entries);
    }

    /**
     * One of them.
     *
     * @param value its text; null for NULL
     */
    public record Entry(ByteString name, ByteString value) {}

    /** Type and name of a parameter. */
    record Parameter(int type, boolean unsigned, ByteString name) {
        static Parameter read(ByteBuf in, boolean named) {
            int type = Wire.readInt1(in);
            boolean unsigned = (Wire.readInt1(in) & UNSIGNED) != 0;
            return new Parameter(type, unsigned, named ? Wire.readLenencString(in) : ByteString.EMPTY);
        }

        /** The value as text; the index is behind it then. */
        ByteString value(ByteBuf in) {
            return BinaryValue.read(in, type, unsigned, ALL_DECIMALS);
        }
    }

    /** Text values, as whoever makes some up has them. */
    public static QueryAttributes of(List<Entry> entries) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeLenencInt(out, entries.size());
        Wire.writeLenencInt(out, 1);
        if (!entries.isEmpty()) {
            byte[] nulls = new byte[(entries.size() + 7) / 8];
            markNulls(nulls, 0, entries);
            out.writeBytes(nulls).writeByte(1);
            writeTypes(out, entries);
            writeValues(out, entries);
        }
        return new QueryAttributes(ByteString.copyOf(out), entries);
    }

    /**
     * Reads a block and stops behind it.
     *
     * @throws ProtocolException if it is not one, or does not end where its parts say
     */
    public static QueryAttributes read(ByteBuf in) {
        int start = in.readerIndex();
        int count = count(in);
        int at = in.readerIndex();
        long sets = Wire.readLenencInt(in);
        if (sets != 1) {
            throw ProtocolException.at(at, "one set of query attributes", sets + " sets");
        }
        List<Entry> entries = count == 0 ? List.of() : entries(in, count);
        ByteString block = ByteString.copyOf(in.slice(start, in.readerIndex() - start));
        return new QueryAttributes(block, entries);
    }

    /** A number of parameters; each of them takes three bytes at least. */
    static int count(ByteBuf in) {
        int at = in.readerIndex();
        long count = Wire.readLenencInt(in);
        if (count < 0 || count > in.readableBytes()) {
            throw ProtocolException.at(at, "a number of parameters", Long.toUnsignedString(count));
        }
        return (int) count;
    }

    private static List<Entry> entries(ByteBuf in, int count) {
        ByteString nulls = Wire.readBytes(in, (count + 7) / 8);
        int at = in.readerIndex();
        if (Wire.readInt1(in) != 1) {
            throw ProtocolException.at(at, "types of query attributes", "none");
        }
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parameters.add(Parameter.read(in, true));
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isNull = isNull(nulls, i);
            entries.add(new Entry(
                    parameters.get(i).name, isNull ? null : parameters.get(i).value(in)));
        }
        return entries;
    }

    /** Sets the bits of those that are NULL, the first of which is parameter {@code from}. */
    static void markNulls(byte[] bitmap, int from, List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            int bit = from + i;
            bitmap[bit / 8] |= (byte) (entries.get(i).value == null ? 1 << bit % 8 : 0);
        }
    }

    /** All of them are strings. */
    static void writeTypes(ByteBuf out, List<Entry> entries) {
        entries.forEach(
                each -> Wire.writeLenencString(out.writeByte(ColumnType.STRING).writeByte(0), each.name));
    }

    static void writeValues(ByteBuf out, List<Entry> entries) {
        entries.stream().filter(each -> each.value != null).forEach(each -> Wire.writeLenencString(out, each.value));
    }

    static boolean isNull(ByteString bitmap, int index) {
        return (bitmap.at(index / 8) >> index % 8 & 1) != 0;
    }
}
