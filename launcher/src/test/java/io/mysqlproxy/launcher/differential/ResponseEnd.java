package io.mysqlproxy.launcher.differential;

import static io.mysqlproxy.wire.ServerStatus.CURSOR_EXISTS;
import static io.mysqlproxy.wire.ServerStatus.LAST_ROW_SENT;
import static io.mysqlproxy.wire.ServerStatus.MORE_RESULTS_EXISTS;
import static io.mysqlproxy.wire.ServerStatus.NO_GOOD_INDEX_USED;
import static io.mysqlproxy.wire.ServerStatus.NO_INDEX_USED;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads responses to their end, from the client's point of view. */
final class ResponseEnd {
    private static final int OK = 0;
    private static final int LOCAL_INFILE = 0xFB;
    private static final int EOF = 0xFE;
    private static final int ERR = 0xFF;

    private final WireClient client;
    private final Transcript transcript;
    private final boolean deprecatedEof;

    private boolean mayHaveCursor;

    /** Whether the statement prepared last gives rows. */
    private boolean rows;

    /** Whether the last response left a cursor open. */
    private boolean cursor;

    ResponseEnd(WireClient client, Transcript transcript) {
        this.client = client;
        this.transcript = transcript;
        this.deprecatedEof = client.negotiated().has(Capabilities.DEPRECATE_EOF);
    }

    /** Whether it makes sense to ask for a cursor: servers refuse one for statements without rows. */
    boolean hasRows() {
        return rows;
    }

    boolean hasCursor() {
        return cursor;
    }

    /**
     * Results, as long as the status says that there are more.
     *
     * @param cursors whether one may stand in for rows
     */
    void results(boolean cursors) throws IOException {
        mayHaveCursor = cursors;
        boolean more = true;
        while (more) {
            more = result();
        }
    }

    private boolean result() throws IOException {
        cursor = false;
        byte[] head = next();
        switch (first(head)) {
            case OK:
                return has(status(head), MORE_RESULTS_EXISTS);
            case ERR:
                return false;
            case LOCAL_INFILE:
                upload(new String(head, 1, head.length - 1, StandardCharsets.UTF_8));
                return result();
            default:
                return definitions(Wire.readLenencInt(Unpooled.wrappedBuffer(head)))
                        && !cursor
                        && has(rows(), MORE_RESULTS_EXISTS);
        }
    }

    /** False if an error comes in place of their end. */
    private boolean definitions(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            next();
        }
        // with DEPRECATE_EOF only a cursor has an end here; a row of the binary protocol begins with 0
        if (!deprecatedEof) {
            byte[] end = next();
            cursor = first(end) != ERR && opensCursor(status(end));
            return first(end) != ERR;
        }
        return true;
    }

    /** Procedures that have cursors of their own show the same bit, but more results follow then. */
    private boolean opensCursor(int status) {
        return mayHaveCursor && has(status, CURSOR_EXISTS) && !has(status, MORE_RESULTS_EXISTS);
    }

    /** Rows until their end; its status. */
    private int rows() throws IOException {
        while (true) {
            byte[] row = next();
            if (first(row) == ERR) {
                return 0;
            }
            if (first(row) == EOF && row.length < (deprecatedEof ? Packet.MAX_PAYLOAD : 9)) {
                cursor = opensCursor(status(row)) && !has(status(row), LAST_ROW_SENT);
                return cursor ? 0 : status(row);
            }
        }
    }

    /** Rows of a cursor; false after the last one or an error. */
    boolean fetched() throws IOException {
        rows();
        return cursor;
    }

    /** One packet. */
    byte[] one() throws IOException {
        return next();
    }

    /** The statement's id; -1 if it could not be prepared. */
    int prepared() throws IOException {
        byte[] head = client.read();
        transcript.packet(client.sequence(), withoutId(head));
        if (first(head) == ERR) {
            return -1;
        }
        ByteBuf ok = Unpooled.wrappedBuffer(head);
        int id = ok.getIntLE(1);
        int columns = ok.getUnsignedShortLE(5);
        rows = columns > 0;
        int parameters = ok.getUnsignedShortLE(7);
        int ends = deprecatedEof ? 0 : (columns > 0 ? 1 : 0) + (parameters > 0 ? 1 : 0);
        for (int i = 0; i < columns + parameters + ends; i++) {
            next();
        }
        return id;
    }

    /** Definitions without a count. */
    void fields() throws IOException {
        byte[] packet = next();
        while (first(packet) != ERR && !(first(packet) == EOF && packet.length < 9)) {
            packet = next();
        }
    }

    /** The next logical packet, as far as one needs it to know what it is: the first physical one. */
    private byte[] next() throws IOException {
        byte[] head = read();
        for (byte[] part = head; part.length == Packet.MAX_PAYLOAD; ) {
            part = read();
        }
        return head;
    }

    private byte[] read() throws IOException {
        byte[] payload = client.read();
        transcript.packet(client.sequence(), withoutPlan(payload));
        return payload;
    }

    /** MariaDB counts statements across connections. */
    private static byte[] withoutId(byte[] prepared) {
        byte[] masked = prepared.clone();
        if (first(prepared) == OK) {
            Arrays.fill(masked, 1, 5, (byte) 0);
        }
        return masked;
    }

    /** The end of rows says whether an index was used, which statistics decide and not who asks. */
    private byte[] withoutPlan(byte[] payload) {
        if (first(payload) != EOF || payload.length == Packet.MAX_PAYLOAD) {
            return payload;
        }
        byte[] masked = payload.clone();
        masked[statusOf(payload).readerIndex()] &= (byte) ~(NO_GOOD_INDEX_USED | NO_INDEX_USED);
        return masked;
    }

    private void upload(String name) throws IOException {
        if (!name.equals("empty")) {
            client.send("1\tone\n2\t\\N\n3\tthree\tsurplus\nx\tnot a number\n".getBytes(StandardCharsets.UTF_8));
        }
        client.send(new byte[0]);
    }

    private static int first(byte[] payload) {
        return payload.length == 0 ? -1 : payload[0] & 0xFF;
    }

    private int status(byte[] payload) {
        return Wire.readInt2(statusOf(payload));
    }

    /** An OK or EOF packet from its status on. */
    private ByteBuf statusOf(byte[] payload) {
        ByteBuf in = Unpooled.wrappedBuffer(payload).skipBytes(1);
        if (first(payload) == EOF && !deprecatedEof) {
            return in.skipBytes(2);
        }
        Wire.readLenencInt(in);
        Wire.readLenencInt(in);
        return in;
    }

    private static boolean has(int status, int flag) {
        return (status & flag) != 0;
    }
}
