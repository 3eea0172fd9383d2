package io.mysqlproxy.core.script.module.proto;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands for prepared statements, and the answer to COM_STMT_PREPARE. */
public final class StatementPackets {
    private static final int UNSIGNED = 0x8000;
    private static final int LOW_BYTE = 0xFF;

    private StatementPackets() {}

    /** COM_STMT_PREPARE. */
    public static Map<String, Object> readPrepare(ByteBuf payload) {
        Wire.readHeader(payload, Command.COM_STMT_PREPARE.code(), "COM_STMT_PREPARE");
        return new Record().put("stmt_text", Wire.readRestString(payload)).entries();
    }

    /** The first packet of the answer. */
    public static Map<String, Object> readPrepareOk(ByteBuf payload) {
        Wire.readHeader(payload, 0, "OK packet");
        Record record = new Record()
                .put("stmt_id", Wire.readInt4(payload))
                .put("num_columns", Wire.readInt2(payload))
                .put("num_params", Wire.readInt2(payload));
        Wire.skip(payload, 1);
        return record.put("warnings", Wire.readInt2(payload)).entries();
    }

    /** The statement of a COM_STMT_EXECUTE. */
    public static long readExecuteId(ByteBuf payload) {
        Wire.readHeader(payload, Command.COM_STMT_EXECUTE.code(), "COM_STMT_EXECUTE");
        return Wire.readInt4(payload);
    }

    /** COM_STMT_CLOSE. */
    public static Map<String, Object> readClose(ByteBuf payload) {
        Wire.readHeader(payload, Command.COM_STMT_CLOSE.code(), "COM_STMT_CLOSE");
        return new Record().put("stmt_id", Wire.readInt4(payload)).entries();
    }

    /**
     * COM_STMT_EXECUTE; values can be read only where the packet repeats their types.
     *
     * @param count how many parameters the statement has
     */
    public static Map<String, Object> readExecute(ByteBuf payload, long count) {
        if (count < 0 || count > 0xFFFF) {
            throw new ProtocolException(count + " parameters");
        }
        Record record = new Record()
                .put("stmt_id", readExecuteId(payload))
                .put("flags", Wire.readInt1(payload))
                .put("iteration_count", Wire.readInt4(payload));
        ByteString nulls = count == 0 ? ByteString.EMPTY : Wire.readBytes(payload, ((int) count + 7) / 8);
        boolean bound = count != 0 && Wire.readInt1(payload) == 1;
        record.put("new_params_bound", bound);
        if (bound) {
            record.put("params", readParameters(payload, (int) count, nulls));
        }
        return record.entries();
    }

    private static List<Object> readParameters(ByteBuf payload, int count, ByteString nulls) {
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            types[i] = Wire.readInt2(payload);
        }
        List<Object> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int type = types[i] & LOW_BYTE;
            Record parameter = new Record().put("type", type);
            if ((nulls.at(i / 8) >> i % 8 & 1) == 0) {
                Object value = BoundValue.read(payload, type, (types[i] & UNSIGNED) != 0);
                parameter.put("value", value instanceof ByteString text ? Bytes.of(text.bytes()) : value);
            }
            parameters.add(parameter.entries());
        }
        return parameters;
    }
}
