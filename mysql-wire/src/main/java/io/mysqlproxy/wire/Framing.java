package io.mysqlproxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.ReferenceCountUtil;

/**
 * Cuts a byte stream into packets: one at a time with {@link #next}, or, where nobody wants to see them one by one,
 * as long runs of bytes with {@link #run}.
 *
 * <p>Memory held is bounded by the bytes that really arrived, whatever lengths the peer announces. A packet that lies
 * within one fed buffer is never copied; one that spans buffers is copied once. Belongs to one thread.
 *
 * <p>After a {@link ProtocolException} only {@link #release} makes sense.
 */
public final class Framing {
    private final ByteBufAllocator allocator;
    private final ByteQueue queue;

    /** Bytes of the packet at the head that were judged already and have still to pass. */
    private int passing;

    /** Whether the packet judged last ends the response, continuations included. */
    private boolean ending;

    /** Whether the last physical packet said that the next one continues it. */
    private boolean joined;

    private boolean finished;
    private boolean stopped;
    private boolean renumbering;
    private int expected;

    /** How many bytes the packet at the head has to show before it can be judged. */
    private int wanted = Packet.HEADER;

    /** An empty stream; the sequence id expected first is 0. */
    public Framing(ByteBufAllocator allocator) {
        this.allocator = allocator;
        this.queue = new ByteQueue(allocator);
    }

    /** Appends bytes of the stream; takes the buffer over. */
    public void feed(ByteBuf bytes) {
        queue.add(bytes);
    }

    /**
     * Whether passwords may come: until told otherwise, memory that does not go into a packet is overwritten before it is freed.
     * What is in a packet is for its owner to overwrite ({@link Packet#wipe}).
     */
    public void confidential(boolean value) {
        queue.confidential(value);
    }

    /** Bytes held: fed, and not given away yet. */
    public int bytes() {
        return queue.size();
    }

    /** How many bytes the packet at the head still lacks; 0 if it is complete or its length is not known yet. */
    public long missing() {
        if (passing > 0) {
            return Math.max(0, passing - queue.size());
        }
        if (!queue.join(Packet.HEADER)) {
            return 0;
        }
        return Math.max(0, wholeAtHead() - queue.size());
    }

    /** The payload length of the packet at the head; -1 if its header is not there. */
    public int length() {
        return queue.join(Packet.HEADER) ? wholeAtHead() - Packet.HEADER : -1;
    }

    /**
     * A look at what is held, from the header of the packet at the head on.
     *
     * @param count how many bytes have to lie in one piece
     * @return stays this framing's; null if fewer are held
     */
    public ByteBuf head(int count) {
        return queue.join(count) ? queue.head().slice() : null;
    }

    private int wholeAtHead() {
        ByteBuf head = queue.head();
        return Packet.HEADER + head.getUnsignedMediumLE(head.readerIndex());
    }

    /**
     * The next complete physical packet, or null. The caller releases it. Its sequence id is not checked here, but the
     * one after it becomes the {@link #expected()} one.
     *
     * @throws IllegalStateException if {@link #run} has given away a part of the packet at the head
     */
    public Packet next() {
        if (passing > 0) {
            throw new IllegalStateException("the packet at the head has partly passed");
        }
        if (!queue.join(Packet.HEADER) || queue.size() < wholeAtHead()) {
            return null;
        }
        Packet packet = Packet.of(queue.take(wholeAtHead()));
        if (renumbering) {
            packet.renumber(expected);
        }
        joined = packet.continues();
        expected = packet.sequence() + 1 & 0xFF;
        return packet;
    }

    /**
     * From now on sequence ids are not checked but set: inside the compressed protocol peers number packets as their frames
     * happen to fall.
     */
    public void renumber() {
        renumbering = true;
    }

    /** Says which sequence id the next header has to carry: to be called for each command, before its response. */
    public void expect(int sequence) {
        expected = sequence & 0xFF;
    }

    /** The sequence id the next header has to carry. */
    public int expected() {
        return expected;
    }

    /** Whether the last {@link #run} stopped at a packet that the judge wants taken with {@link #next}. */
    public boolean stopped() {
        return stopped;
    }

    /** Whether the last {@link #run} stopped because the response had ended. */
    public boolean finished() {
        return finished;
    }

    /**
     * Everything of a response that may be forwarded now, as one buffer: whole packets, and the beginning of one that
     * was judged already; its rest comes out of later calls. What is held back is at most what the judge
     * {@link PacketJudge#needs} of one packet. Stops behind the last packet of the response ({@link #finished()}).
     *
     * <p>The sequence ids passed are checked; in the bytes that come out they are moved by {@code offset}.
     *
     * @param offset what to add to each sequence id, modulo 256
     * @return a buffer the caller owns; null if nothing can be forwarded
     * @throws ProtocolException if a sequence id is not {@link #expected()}, or the judge objects
     */
    public ByteBuf run(PacketJudge judge, int offset) {
        finished = false;
        stopped = false;
        ByteBuf passed = null;
        try {
            for (int pieces = 0; !finished && !stopped; ) {
                int count = scan(judge, offset);
                if (count > 0) {
                    passed = append(passed, queue.take(count), pieces++);
                } else if (!stopped && !queue.join(wanted)) {
                    break;
                }
            }
            return passed;
        } catch (RuntimeException e) {
            ReferenceCountUtil.release(passed);
            throw e;
        }
    }

    /** How many bytes of the first chunk may pass. */
    private int scan(PacketJudge judge, int offset) {
        ByteBuf head = queue.head();
        if (head == null) {
            return 0;
        }
        int at = head.readerIndex();
        while (at < head.writerIndex() && !finished && !stopped && (passing > 0 || admit(head, at, judge, offset))) {
            int count = Math.min(passing, head.writerIndex() - at);
            passing -= count;
            at += count;
            finished = passing == 0 && ending && !joined;
        }
        ending &= !finished;
        return at - head.readerIndex();
    }

    /** Has the packet at an index judged; false if too little of it is in this chunk. */
    private boolean admit(ByteBuf head, int at, PacketJudge judge, int offset) {
        int held = head.writerIndex() - at;
        wanted = Packet.HEADER;
        if (held < wanted) {
            return false;
        }
        int length = head.getUnsignedMediumLE(at);
        wanted += needed(head, at, length, judge);
        if (held < wanted) {
            return false;
        }
        stopped = !joined && judge.stops(length == 0 ? -1 : head.getUnsignedByte(at + Packet.HEADER), length);
        if (stopped) {
            return false;
        }
        number(head, at + 3, offset);
        judge(head, at + Packet.HEADER, length, judge);
        passing = Packet.HEADER + length;
        return true;
    }

    private int needed(ByteBuf head, int at, int length, PacketJudge judge) {
        if (joined) {
            return 0;
        }
        if (length == 0) {
            return judge.needs(-1, 0);
        }
        int first = at + Packet.HEADER;
        return first < head.writerIndex() ? judge.needs(head.getUnsignedByte(first), length) : 1;
    }

    private void number(ByteBuf head, int at, int offset) {
        int sequence = renumbering ? expected : head.getUnsignedByte(at);
        if (sequence != expected) {
            throw ProtocolException.outOfOrder(sequence, expected);
        }
        expected = sequence + 1 & 0xFF;
        if (offset != 0 || renumbering) {
            head.setByte(at, sequence + offset);
        }
    }

    private void judge(ByteBuf head, int at, int length, PacketJudge judge) {
        if (joined) {
            judge.continued(length);
        } else {
            // The chunk itself stands in for a slice of it: one allocation less per row.
            int start = head.readerIndex();
            ending = judge.judge(head.readerIndex(at), length);
            head.readerIndex(start);
        }
        joined = length == Packet.MAX_PAYLOAD;
    }

    private ByteBuf append(ByteBuf passed, ByteBuf more, int pieces) {
        if (pieces == 0) {
            return more;
        }
        // Unlimited components: past the limit a composite would copy all it has.
        CompositeByteBuf all = pieces == 1
                ? allocator.compositeBuffer(Integer.MAX_VALUE).addComponent(true, passed)
                : (CompositeByteBuf) passed;
        return all.addComponent(true, more);
    }

    /** All bytes held, for a stream that is not packets any more; null if there are none. The caller owns them. */
    public ByteBuf drain() {
        passing = 0;
        joined = false;
        ending = false;
        return queue.size() == 0 ? null : queue.take(queue.size());
    }

    /** Frees everything held. */
    public void release() {
        passing = 0;
        queue.release();
    }
}
