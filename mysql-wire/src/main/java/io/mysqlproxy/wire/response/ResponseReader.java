package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.PacketJudge;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * Follows one response packet by packet, says where it ends, and counts what scripts may ask about. One reader reads one
 * response; of rows and definitions it looks at the first byte only.
 *
 * <p>Packets come through {@link io.mysqlproxy.wire.Framing#run} or, one by one, through {@link #accept}.
 *
 * <p>Source: manual, "Command Phase"; the rules per command are those of its pages.
 */
public abstract sealed class ResponseReader implements PacketJudge
        permits SimpleReply,
                ResultReply,
                PrepareReply,
                FetchReply,
                FieldListReply,
                OnePacketReply,
                EndlessReply,
                NoReply {
    /** What packets are, as far as legs write them differently. */
    enum Role {
        /** The same on every leg. */
        DATA,
        /** An OK that is a result of its own. */
        OK,
        /** The last one of a block of definitions: where EOF packets are not deprecated, one follows. */
        LAST_DEFINITION,
        /** That EOF packet. */
        SEPARATOR,
        /** The end of rows, or of definitions that nobody counted: EOF, or OK in its place. */
        END
    }

    static final int OK = 0x00;
    static final int LOCAL_INFILE = 0xFB;
    static final int END = 0xFE;
    static final int ERR = 0xFF;

    /**
     * Longest packet that has to be looked at as a whole: an OK with much session state. All transactions that a server has seen,
     * where it tells them (session_track_gtids), easily take more than 64 KiB.
     */
    private static final int LONGEST_STATUS = Packet.MAX_PAYLOAD - 1;

    /** The same of errors, which have a short text. */
    private static final int LONGEST_ERR = 0x10000;

    /** What counts as an EOF packet where OK packets do not stand in for it. */
    private static final int LONGEST_EOF = 8;

    final Capabilities capabilities;
    final Tally tally;

    /** What the packet judged last is; steps say so. */
    Role role = Role.DATA;

    /** What {@link #status} is where nothing was said. */
    public static final int NO_STATUS = -1;

    private boolean refusing;
    private boolean stopping;
    private boolean complete;
    private boolean joined;

    ResponseReader(Capabilities capabilities) {
        this.capabilities = capabilities;
        this.tally = new Tally(capabilities);
    }

    /** Whether the last packet was judged; there may be {@link #continued} ones after it. */
    public final boolean complete() {
        return complete;
    }

    /** Whether the response stopped at a request for a file: the client speaks next; a fresh reader reads what follows. */
    public final boolean wantsLocalInfile() {
        return complete && tally.kind() == ResponseSummary.Kind.LOCAL_INFILE;
    }

    /** What the response has said so far. */
    public final ResponseSummary summary() {
        return tally.summary();
    }

    /**
     * Judges one physical packet; continuations are recognised.
     *
     * @param packet stays the caller's
     * @return true when the response has ended
     * @throws ProtocolException if no such packet may come here
     */
    public final boolean accept(Packet packet) {
        if (joined) {
            role = Role.DATA;
            continued(packet.length());
        } else {
            needs(packet.first(), packet.length());
            judge(packet.payload(), packet.length());
        }
        joined = packet.continues();
        return complete && !joined;
    }

    /** From now on requests for a file {@link #stops stop} a run: the client is not to see them. */
    public final void refuseFiles() {
        refusing = true;
    }

    /** From now on errors {@link #stops stop} a run: somebody wants to see them first. */
    public final void stopAtErrors() {
        stopping = true;
    }

    /** The status flags of the response's end; {@link #NO_STATUS} if it has none: an error, or a statement that was prepared. */
    public int status() {
        return switch (tally.kind()) {
            case OK, RESULT -> tally.status();
            default -> NO_STATUS;
        };
    }

    /** Whether a packet is a request for a file that was to be refused. */
    public final boolean refuses(int first, int length) {
        return refusing && first == LOCAL_INFILE && whole(first, length);
    }

    @Override
    public final boolean stops(int first, int length) {
        return refuses(first, length) || stopping && first == ERR && whole(first, length);
    }

    @Override
    public final int needs(int first, int length) {
        if (!whole(first, length)) {
            return Math.min(1, length);
        }
        int longest = first == ERR ? LONGEST_ERR : LONGEST_STATUS;
        if (length > longest) {
            throw new ProtocolException("packet of " + length + " bytes beginning with " + first + ", where at most "
                    + longest + " can be looked at");
        }
        return length;
    }

    @Override
    public final boolean judge(ByteBuf payload, int length) {
        int first = length == 0 ? -1 : payload.getUnsignedByte(payload.readerIndex());
        if (complete) {
            throw unexpected(first, length);
        }
        role = Role.DATA;
        complete = !progress(first, payload, length) && step(first, payload, length);
        return complete;
    }

    /** Only where the packet was asked for as a whole are the bytes of its number sure to be there. */
    private boolean progress(int first, ByteBuf payload, int length) {
        return first == ERR
                && length >= 3
                && whole(first, length)
                && payload.getUnsignedShortLE(payload.readerIndex() + 1) == ErrorCode.MARIADB_PROGRESS
                && !hasState(payload, length);
    }

    /** An error of that number tells its SQLSTATE; a progress report has a small count in the place of the marker. */
    private boolean hasState(ByteBuf payload, int length) {
        return capabilities.has(Capabilities.PROTOCOL_41)
                && length > 3
                && payload.getByte(payload.readerIndex() + 3) == '#';
    }

    @Override
    public void continued(int length) {}

    /** Whether the packet has to be there as a whole; an ERR has to, since it may be a progress report. */
    abstract boolean whole(int first, int length);

    /** Judges a packet that is there as far as {@link #whole} asked; true if it is the last one. */
    abstract boolean step(int first, ByteBuf payload, int length);

    /** The packet alone: what parses it must not see the next one. */
    static ByteBuf slice(ByteBuf payload, int length) {
        return payload.slice(payload.readerIndex(), length);
    }

    /**
     * Whether the packet ends definitions or rows. A row may begin with 0xFE, too, but only if its first cell has 16 MiB
     * or more, and then the packet is a full one.
     */
    static boolean ends(int first, int length, Capabilities capabilities) {
        boolean deprecated = capabilities.has(Capabilities.DEPRECATE_EOF);
        return first == END && (length <= LONGEST_EOF || deprecated && length < Packet.MAX_PAYLOAD);
    }

    final boolean ends(int first, int length) {
        return ends(first, length, capabilities);
    }

    /** Nothing more is to come. */
    final void finish() {
        complete = true;
    }

    final ProtocolException unexpected(int first, int length) {
        return new ProtocolException(String.format(
                "%s: unexpected packet of %d bytes beginning with 0x%x",
                getClass().getSimpleName(), length, first));
    }
}
