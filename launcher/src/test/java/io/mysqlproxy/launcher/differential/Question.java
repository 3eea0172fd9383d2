package io.mysqlproxy.launcher.differential;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement.
 *
 * @param sql with a question mark for each parameter
 * @param parameters none for most
 */
record Question(String sql, List<Parameter> parameters) {
    Question(String sql) {
        this(sql, List.of());
    }

    /** As the text protocol has it: values in place of question marks. */
    byte[] literal() {
        String text = sql;
        for (Parameter each : parameters) {
            text = text.replaceFirst("\\?", each.literal());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    boolean hasPieces() {
        return parameters.stream().anyMatch(each -> !each.pieces().isEmpty());
    }

    /** What follows the iteration count of an execution. */
    void writeParameters(ByteBuf out, boolean types) {
        if (parameters.isEmpty()) {
            return;
        }
        out.writeBytes(nulls(parameters)).writeBoolean(types);
        if (types) {
            parameters.forEach(each -> out.writeShortLE(each.type()));
        }
        parameters.forEach(each -> out.writeBytes(each.value()));
    }

    /** The same in the layout that has names, with an attribute behind the parameters. */
    void writeAttributed(ByteBuf out) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(Parameter.text(ColumnType.VAR_STRING, "42"));
        out.writeByte(all.size()).writeBytes(nulls(all)).writeBoolean(true);
        for (int i = 0; i < all.size(); i++) {
            out.writeShortLE(all.get(i).type());
            Wire.writeLenencString(out, ByteString.of(i < parameters.size() ? "" : "trace"));
        }
        all.forEach(each -> out.writeBytes(each.value()));
    }

    private static byte[] nulls(List<Parameter> parameters) {
        byte[] nulls = new byte[(parameters.size() + 7) / 8];
        for (int i = 0; i < parameters.size(); i++) {
            nulls[i / 8] |= (byte) (parameters.get(i).isNull() ? 1 << i % 8 : 0);
        }
        return nulls;
    }
}
