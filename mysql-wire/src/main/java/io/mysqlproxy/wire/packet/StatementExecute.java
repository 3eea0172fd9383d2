package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.packet.QueryAttributes.Parameter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * COM_STMT_EXECUTE in its two layouts: with QUERY_ATTRIBUTES a count comes before the parameters, each type has a name, and
 * parameters beyond those of the statement are attributes.
 *
 * <pre>
 * int&lt;1&gt;                 0x17
 * int&lt;4&gt;                 statement id
 * int&lt;1&gt;                 flags; 0x08: a count follows
 * int&lt;4&gt;                 iterations, 1
 * with attributes:       int&lt;lenenc&gt; count
 * string&lt;$n&gt;             NULL bitmap
 * int&lt;1&gt;                 1 if types follow
 * for each:              int&lt;2&gt; type; with attributes string&lt;lenenc&gt; name
 * …                      values
 * </pre>
 *
 * <p>Source: manual, "COM_STMT_EXECUTE".
 *
 * @param plain the layout without attributes, which scripts know
 * @param attributes what was said beyond the statement's own parameters
 */
public record StatementExecute(ByteString plain, List<Entry> attributes) {
    private static final int COUNT_AVAILABLE = 0x08;
    private static final int FLAGS_AT = 5;
    private static final int HEAD = 10;

    /** Keeps a copy of the list. */
    public StatementExecute {
        attributes = List.copyOf(attributes);
    }

    /** The statement's id of a payload; -1 if there is none. Moves no index. */
    public static long statementId(ByteBuf payload) {
        return payload.readableBytes() < FLAGS_AT ? -1 : payload.getUnsignedIntLE(payload.readerIndex() + 1);
    }

    /**
     * Takes the attributes out of a payload.
     *
     * @param parameters how many parameters the statement has
     * @param streamed which of them came in packets of their own (COM_STMT_SEND_LONG_DATA), and have no value here
     * @return null if they cannot be told from its parameters: types were said in an earlier packet only
     */
    public static StatementExecute read(ByteBuf payload, int parameters, IntPredicate streamed) {
        ByteBuf out = Unpooled.buffer();
        int flags = payload.getUnsignedByte(payload.readerIndex() + FLAGS_AT);
        out.writeBytes(Wire.readBytes(payload, HEAD).bytes());
        out.setByte(FLAGS_AT, flags & ~COUNT_AVAILABLE);
        int count = (flags & COUNT_AVAILABLE) != 0 || parameters > 0 ? QueryAttributes.count(payload) : 0;
        if (count == 0) {
            return new StatementExecute(ByteString.copyOf(out), List.of());
        }
        ByteString nulls = Wire.readBytes(payload, (count + 7) / 8);
        boolean typed = Wire.readInt1(payload) == 1;
        if (!typed) {
            return count > parameters ? null : untyped(out, nulls, payload);
        }
        List<Parameter> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            types.add(Parameter.read(payload, true));
        }
        IntPredicate valueless = i -> QueryAttributes.isNull(nulls, i) || i < parameters && streamed.test(i);
        return typed(out, nulls, types, new Split(Math.min(parameters, count), valueless), payload);
    }

    private static StatementExecute untyped(ByteBuf out, ByteString nulls, ByteBuf values) {
        out.writeBytes(nulls.bytes()).writeByte(0).writeBytes(values);
        return new StatementExecute(ByteString.copyOf(out), List.of());
    }

    /** How many come before the attributes, and which of all have no value. */
    private record Split(int own, IntPredicate valueless) {}

    private static StatementExecute typed(
            ByteBuf out, ByteString nulls, List<Parameter> types, Split split, ByteBuf values) {
        int own = split.own;
        if (own > 0) {
            byte[] kept = new byte[(own + 7) / 8];
            for (int i = 0; i < own; i++) {
                kept[i / 8] |= (byte) (QueryAttributes.isNull(nulls, i) ? 1 << i % 8 : 0);
            }
            out.writeBytes(kept).writeByte(1);
        }
        List<Entry> attributes = new ArrayList<>();
        int start = values.readerIndex();
        int end = own == types.size() ? values.writerIndex() : start;
        for (int i = 0; i < types.size(); i++) {
            Parameter each = types.get(i);
            if (i < own) {
                out.writeByte(each.type()).writeByte(each.unsigned() ? QueryAttributes.UNSIGNED : 0);
            }
            if (own < types.size()) {
                ByteString value = split.valueless.test(i) ? null : each.value(values);
                if (i >= own) {
                    attributes.add(new Entry(each.name(), value));
                } else {
                    end = values.readerIndex();
                }
            }
        }
        out.writeBytes(values, start, end - start);
        return new StatementExecute(ByteString.copyOf(out), attributes);
    }

    /**
     * The types that a payload of the plain layout says, two bytes for each parameter; null if an earlier one said them. Moves no
     * index.
     */
    public static ByteString types(ByteBuf plain, int parameters) {
        if (parameters == 0) {
            return ByteString.EMPTY;
        }
        int typed = plain.readerIndex() + HEAD + (parameters + 7) / 8;
        return typed + 1 + 2 * parameters <= plain.writerIndex() && plain.getByte(typed) == 1
                ? ByteString.copyOf(plain.slice(typed + 1, 2 * parameters))
                : null;
    }

    /**
     * Appends a payload of the plain layout in that with attributes.
     *
     * @param plain the payload
     * @param parameters how many parameters the statement has
     * @param types of its parameters, as {@link #types} gives them; of use only with attributes, which cannot do without
     * @param attributes what to say beyond its parameters
     */
    public static void writeCounted(
            ByteBuf out, ByteBuf plain, int parameters, ByteString types, List<Entry> attributes) {
        int flags = plain.getUnsignedByte(plain.readerIndex() + FLAGS_AT);
        int at = out.writerIndex();
        out.writeBytes(Wire.readBytes(plain, HEAD).bytes());
        out.setByte(at + FLAGS_AT, flags | COUNT_AVAILABLE);
        int count = parameters + attributes.size();
        Wire.writeLenencInt(out, count);
        if (count == 0) {
            return;
        }
        writeNulls(out, Wire.readBytes(plain, (parameters + 7) / 8), parameters, attributes);
        boolean typed = parameters == 0 || Wire.readInt1(plain) == 1;
        ByteString own = typed ? Wire.readBytes(plain, 2 * parameters) : before(types, attributes);
        out.writeByte(typed || !own.isEmpty() ? 1 : 0);
        for (int i = 0; i < own.length(); i += 2) {
            out.writeByte(own.at(i)).writeByte(own.at(i + 1)).writeByte(0);
        }
        QueryAttributes.writeTypes(out, attributes);
        out.writeBytes(plain);
        QueryAttributes.writeValues(out, attributes);
    }

    private static void writeNulls(ByteBuf out, ByteString plain, int parameters, List<Entry> attributes) {
        byte[] nulls = new byte[(parameters + attributes.size() + 7) / 8];
        for (int i = 0; i < parameters; i++) {
            nulls[i / 8] |= (byte) (plain.at(i / 8) & 1 << i % 8);
        }
        QueryAttributes.markNulls(nulls, parameters, attributes);
        out.writeBytes(nulls);
    }

    /** Types that were said before need no repetition but where others come behind them. */
    private static ByteString before(ByteString types, List<Entry> attributes) {
        return attributes.isEmpty() ? ByteString.EMPTY : types;
    }

    /** Whether a command is one of these, long enough to have its head. */
    public static boolean matches(ByteBuf payload) {
        return payload.readableBytes() >= HEAD
                && payload.getUnsignedByte(payload.readerIndex()) == Command.COM_STMT_EXECUTE.code();
    }
}
