package io.mysqlproxy.wire.packet;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.packet.QueryAttributes.Parameter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
     * @return null if they cannot be told from its parameters: types were said in an earlier packet only
     */
    public static StatementExecute read(ByteBuf payload, int parameters) {
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
        return typed(out, nulls, types, Math.min(parameters, count), payload);
    }

    private static StatementExecute untyped(ByteBuf out, ByteString nulls, ByteBuf values) {
        out.writeBytes(nulls.bytes()).writeByte(0).writeBytes(values);
        return new StatementExecute(ByteString.copyOf(out), List.of());
    }

    private static StatementExecute typed(
            ByteBuf out, ByteString nulls, List<Parameter> types, int own, ByteBuf values) {
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
                ByteString value = QueryAttributes.isNull(nulls, i) ? null : each.value(values);
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
     * Appends a payload of the plain layout in that with attributes. It gets none where the types of the parameters were said in
     * an earlier packet only: they would have to be said again, and nobody here knows them.
     *
     * @param plain the payload
     * @param parameters how many parameters the statement has
     * @param attributes text values
     */
    public static void writeCounted(ByteBuf out, ByteBuf plain, int parameters, List<Entry> attributes) {
        int flags = plain.getUnsignedByte(plain.readerIndex() + FLAGS_AT);
        int at = out.writerIndex();
        out.writeBytes(Wire.readBytes(plain, HEAD).bytes());
        out.setByte(at + FLAGS_AT, flags | COUNT_AVAILABLE);
        ByteString nulls = Wire.readBytes(plain, (parameters + 7) / 8);
        boolean typed = parameters == 0 || Wire.readInt1(plain) == 1;
        List<Entry> added = typed ? attributes : List.of();
        int count = parameters + added.size();
        Wire.writeLenencInt(out, count);
        if (count > 0) {
            out.writeBytes(nulls(nulls, parameters, added)).writeByte(typed ? 1 : 0);
            for (int i = 0; i < parameters && typed; i++) {
                out.writeShortLE(Wire.readInt2(plain)).writeByte(0);
            }
            added.forEach(each ->
                    Wire.writeLenencString(out.writeByte(ColumnType.STRING).writeByte(0), each.name()));
            out.writeBytes(plain);
            added.stream()
                    .filter(each -> each.value() != null)
                    .forEach(each -> Wire.writeLenencString(out, each.value()));
        }
    }

    private static byte[] nulls(ByteString own, int parameters, List<Entry> added) {
        byte[] all = Arrays.copyOf(own.bytes(), (parameters + added.size() + 7) / 8);
        for (int i = 0; i < added.size(); i++) {
            int at = parameters + i;
            all[at / 8] |= (byte) (added.get(i).value() == null ? 1 << at % 8 : 0);
        }
        return all;
    }

    /** Whether a command is one of these, long enough to have its head. */
    public static boolean matches(ByteBuf payload) {
        return payload.readableBytes() >= HEAD
                && payload.getUnsignedByte(payload.readerIndex()) == Command.COM_STMT_EXECUTE.code();
    }
}
