package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.PacketJudge;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.packet.Eof;
import io.mysqlproxy.wire.packet.Ok;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A response of one leg as another leg wants it, where the two disagree on DEPRECATE_EOF or SESSION_TRACK: the only two flags
 * that change the layout of what servers send (W-27, W-28).
 *
 * <p>As a judge it lets runs pass up to a packet that may have to change; that one goes to {@link #accept}.
 */
public final class ResponseTranslator implements PacketJudge {
    private static final long FLAGS = Capabilities.DEPRECATE_EOF | Capabilities.SESSION_TRACK;

    private final ResponseReader reader;
    private final Capabilities from;
    private final Capabilities to;
    private final boolean eofs;

    /** Whether an EOF packet behind definitions is owed, which a cursor's end would stand in for. */
    private boolean owed;

    /** Flags that only the EOF between definitions and rows had, and that the leg it is left out for must not miss. */
    private int lost;

    /**
     * For one response.
     *
     * @param reader reads it, as the leg it comes from writes it
     * @param to what was negotiated on the leg it goes to
     */
    public ResponseTranslator(ResponseReader reader, Capabilities to) {
        this.reader = reader;
        this.from = reader.capabilities;
        this.to = to;
        this.eofs = from.has(Capabilities.DEPRECATE_EOF) != to.has(Capabilities.DEPRECATE_EOF);
    }

    /** Whether packets of one leg look different on another. */
    public static boolean needed(Capabilities from, Capabilities to) {
        return ((from.bits() ^ to.bits()) & FLAGS) != 0;
    }

    /** Where translated packets go. */
    public interface Sink {
        /** Forwards a packet as it is; takes it over. */
        void forward(Packet packet);

        /** Sends a new payload; takes it over. */
        void send(ByteBuf payload);
    }

    /** Where both eras agree only packets that are looked at as a whole can differ: not definitions, not rows. */
    @Override
    public boolean stops(int first, int length) {
        return eofs || reader.whole(first, length);
    }

    @Override
    public int needs(int first, int length) {
        return reader.needs(first, length);
    }

    @Override
    public boolean judge(ByteBuf payload, int length) {
        return reader.judge(payload, length);
    }

    @Override
    public void continued(int length) {
        reader.continued(length);
    }

    /**
     * One packet, and what becomes of it.
     *
     * @param packet stays the caller's
     * @return true when the response has ended
     */
    public boolean accept(Packet packet, ByteBufAllocator allocator, Sink out) {
        boolean end = reader.accept(packet);
        if (owed && !standsIn(packet)) {
            out.send(write(allocator, new Eof(0, ServerStatus.AUTOCOMMIT)));
        }
        owed = false;
        switch (reader.role) {
            case OK -> out.send(write(allocator, Ok.read(packet.payload(), from), false));
            case END -> end(packet, allocator, out);
            case SEPARATOR -> {
                int status = Eof.read(packet.payload()).status();
                if (!to.has(Capabilities.DEPRECATE_EOF)) {
                    out.forward(packet.retain());
                } else if ((status & ServerStatus.PS_OUT_PARAMS) != 0) {
                    lost = status & (ServerStatus.PS_OUT_PARAMS | ServerStatus.MORE_RESULTS_EXISTS);
                }
            }
            default -> out.forward(packet.retain());
        }
        if (reader.role == ResponseReader.Role.LAST_DEFINITION && eofs && from.has(Capabilities.DEPRECATE_EOF)) {
            owe(end, allocator, out);
        }
        return end;
    }

    /** Nothing follows the last definition of a prepared statement that could stand in for its EOF. */
    private void owe(boolean end, ByteBufAllocator allocator, Sink out) {
        if (end) {
            out.send(write(allocator, new Eof(0, ServerStatus.AUTOCOMMIT)));
        } else {
            owed = true;
        }
    }

    private boolean standsIn(Packet packet) {
        return reader.role == ResponseReader.Role.END
                && reader instanceof ResultReply
                && (status(packet) & ServerStatus.CURSOR_EXISTS) != 0;
    }

    private int status(Packet packet) {
        return Tally.isEof(packet.length())
                ? Eof.read(packet.payload()).status()
                : Ok.read(packet.payload(), from).status();
    }

    private void end(Packet packet, ByteBufAllocator allocator, Sink out) {
        if (Tally.isEof(packet.length())) {
            Eof eof = Eof.read(packet.payload());
            out.send(
                    to.has(Capabilities.DEPRECATE_EOF)
                            ? write(allocator, new Ok(0, 0, eof.status() | lost, eof.warnings()), true)
                            : write(allocator, eof));
            lost = 0;
            return;
        }
        Ok ok = Ok.read(packet.payload(), from);
        out.send(
                to.has(Capabilities.DEPRECATE_EOF)
                        ? write(allocator, ok, true)
                        : write(allocator, new Eof(ok.warnings(), ok.status() & ~ServerStatus.SESSION_STATE_CHANGED)));
    }

    private ByteBuf write(ByteBufAllocator allocator, Ok ok, boolean end) {
        ByteBuf out = allocator.buffer();
        if (end) {
            ok.writeEnd(out, to);
        } else {
            ok.write(out, to);
        }
        return out;
    }

    private static ByteBuf write(ByteBufAllocator allocator, Eof eof) {
        ByteBuf out = allocator.buffer();
        eof.write(out);
        return out;
    }
}
