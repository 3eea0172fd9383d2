package io.mysqlproxy.core.hook;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Ok;
import io.mysqlproxy.wire.packet.TextRow;
import io.mysqlproxy.wire.response.ResultWriter;
import io.netty.buffer.Unpooled;
import java.util.List;

/** What a script, or the proxy itself, tells a client. Lives on the heap, so it can be dropped without care. */
public sealed interface Answer {
    /** SQLSTATE of errors that name none. */
    String DEFAULT_STATE = "07000";

    /** ER_UNKNOWN_ERROR. */
    int UNKNOWN_ERROR = 1105;

    /** Sends it as the next packets of the leg. */
    void send(Leg client);

    /** Whether the client will take it for an error. */
    default boolean isError() {
        return false;
    }

    /** The payload of its first packet if that is known without a leg; else null. */
    default Bytes firstPacket() {
        return null;
    }

    /** An error of the proxy itself: 1105, 07000. */
    static Answer error(String text) {
        return new Error(UNKNOWN_ERROR, DEFAULT_STATE, Bytes.utf8(text));
    }

    /** What a server has said, or would have said. */
    static Answer error(Err err) {
        String state = err.sqlState() == null ? "HY000" : err.sqlState();
        return new Error(err.code(), state, Bytes.of(err.message().bytes()));
    }

    /**
     * An OK packet with status 2 (auto-commit) and no message.
     *
     * @param affectedRows unsigned
     * @param insertId unsigned
     */
    record Okay(long affectedRows, long insertId, int warnings) implements Answer {
        @Override
        public void send(Leg client) {
            client.send(writer(client).ok(new Ok(affectedRows, insertId, ServerStatus.AUTOCOMMIT, warnings)));
        }
    }

    /**
     * An ERR packet. A leg on which nothing was negotiated yet gets the form without SQLSTATE (J-26, J-36).
     *
     * @param state exactly five characters
     */
    record Error(int code, String state, Bytes message) implements Answer {
        @Override
        public void send(Leg client) {
            client.send(writer(client).err(new Err(code, state, ByteString.of(message.toByteArray()))));
        }

        @Override
        public boolean isError() {
            return true;
        }

        @Override
        public Bytes firstPacket() {
            return Bytes.of(new byte[] {(byte) 0xFF});
        }

        /** For logs. */
        @Override
        public String toString() {
            return code + " (" + state + ") " + message;
        }
    }

    /**
     * A result set with text rows.
     *
     * @param columns at least one
     * @param rows a cell for each column
     * @param status flags for the closing packet
     */
    record Result(List<ColumnDefinition> columns, List<TextRow> rows, int status, int warnings) implements Answer {
        public Result {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }

        @Override
        public void send(Leg client) {
            writer(client).result(columns, rows, status, warnings).forEach(client::send);
        }
    }

    /** Packets exactly as a script made them. */
    record Raw(List<Bytes> packets) implements Answer {
        public Raw {
            packets = List.copyOf(packets);
        }

        @Override
        public void send(Leg client) {
            for (Bytes p : packets) {
                client.send(Unpooled.wrappedBuffer(p.array(), p.offset(), p.length()));
            }
        }

        @Override
        public boolean isError() {
            Bytes first = packets.get(0);
            return first.length() > 0 && first.array()[first.offset()] == (byte) 0xFF;
        }

        @Override
        public Bytes firstPacket() {
            return packets.get(0);
        }
    }

    private static ResultWriter writer(Leg client) {
        return new ResultWriter(client.peer().allocator(), client.capabilities());
    }
}
