package io.mysqlproxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/**
 * One physical packet, kept as the frame it travels in.
 *
 * <pre>
 * int&lt;3&gt;  payload length, 0 to 0xFFFFFF
 * int&lt;1&gt;  sequence id, 0 to 255
 * …       payload
 * </pre>
 *
 * <p>Forwarding needs header and payload as one slice, without a copy; that is why this is neither a record of
 * sequence and payload nor decoded. A logical packet of 0xFFFFFF bytes or more travels as several physical ones, of
 * which all but the last hold exactly 0xFFFFFF bytes; the last may be empty. Source: manual, "MySQL Packets"; W-34.
 */
public final class Packet {
    /** Bytes before the payload. */
    public static final int HEADER = 4;

    /** Longest payload of a physical packet; exactly this length says that another physical packet follows. */
    public static final int MAX_PAYLOAD = 0xFFFFFF;

    /** Below this, copying a payload behind its header is cheaper than a composite of the two. */
    private static final int COPY_LIMIT = 1024;

    private final ByteBuf frame;

    private Packet(ByteBuf frame) {
        this.frame = frame;
    }

    /**
     * Takes over a frame.
     *
     * @param frame header and payload of one physical packet and nothing else
     * @throws IllegalArgumentException if the header's length is not that of the payload behind it
     */
    public static Packet of(ByteBuf frame) {
        if (frame.readableBytes() < HEADER
                || frame.getUnsignedMediumLE(frame.readerIndex()) != frame.readableBytes() - HEADER) {
            throw new IllegalArgumentException("not one frame: " + frame);
        }
        return new Packet(frame);
    }

    /**
     * Frames a logical payload, splitting it at 0xFFFFFF bytes; an exact multiple is followed by an empty packet.
     * Payloads that are not small are not copied.
     *
     * @param payload taken over
     * @param firstSequence sequence id of the first physical packet; the others count on, modulo 256
     * @param out gets one buffer per physical packet, header and payload, and owns it
     * @return the sequence id after the last one used
     */
    public static int write(ByteBufAllocator allocator, ByteBuf payload, int firstSequence, Consumer<ByteBuf> out) {
        int sequence = firstSequence;
        try {
            int length;
            do {
                length = Math.min(payload.readableBytes(), MAX_PAYLOAD);
                out.accept(frame(allocator, payload, length, sequence));
                sequence = sequence + 1 & 0xFF;
            } while (length == MAX_PAYLOAD);
        } finally {
            payload.release();
        }
        return sequence;
    }

    private static ByteBuf frame(ByteBufAllocator allocator, ByteBuf payload, int length, int sequence) {
        boolean copied = length <= COPY_LIMIT;
        ByteBuf header = allocator.buffer(copied ? HEADER + length : HEADER);
        header.writeMediumLE(length).writeByte(sequence);
        if (copied) {
            return header.writeBytes(payload, length);
        }
        return allocator
                .compositeBuffer(2)
                .addComponent(true, header)
                .addComponent(true, payload.readRetainedSlice(length));
    }

    /** Header and payload; the reader index is at the header. Belongs to this packet: retain it to keep it. */
    public ByteBuf frame() {
        return frame;
    }

    /** Sequence id, 0 to 255. */
    public int sequence() {
        return frame.getUnsignedByte(frame.readerIndex() + 3);
    }

    /** Payload length, 0 to 0xFFFFFF. */
    public int length() {
        return frame.readableBytes() - HEADER;
    }

    /** First byte of the payload, 0 to 255; -1 if the payload is empty. */
    public int first() {
        return length() == 0 ? -1 : frame.getUnsignedByte(frame.readerIndex() + HEADER);
    }

    /** The payload as a new slice that shares this packet's reference count. */
    public ByteBuf payload() {
        return frame.slice(frame.readerIndex() + HEADER, length());
    }

    /** Whether the logical packet goes on in another physical packet. */
    public boolean continues() {
        return length() == MAX_PAYLOAD;
    }

    /** Changes the sequence id in place: nobody else reads this memory. Taken modulo 256. */
    public void renumber(int sequence) {
        frame.setByte(frame.readerIndex() + 3, sequence);
    }

    /** Overwrites the payload in place: nobody else reads this memory. */
    public void wipe() {
        frame.setZero(frame.readerIndex() + HEADER, length());
    }

    /** One more owner. */
    public Packet retain() {
        frame.retain();
        return this;
    }

    /** One owner less; the last one frees the memory. */
    public void release() {
        frame.release();
    }

    @Override
    public String toString() {
        return "Packet[sequence=" + sequence() + ", length=" + length() + ", first=" + first() + "]";
    }
}
