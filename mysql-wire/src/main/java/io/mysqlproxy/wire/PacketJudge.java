package io.mysqlproxy.wire;

import io.netty.buffer.ByteBuf;

/**
 * What {@link Framing#run} asks about each physical packet it passes on.
 *
 * <p>Per packet the order of calls is: {@link #needs} any number of times, then {@link #judge} exactly once. Packets
 * that continue one of 0xFFFFFF bytes are announced by {@link #continued} instead, once each.
 */
public interface PacketJudge {
    /**
     * How much of the packet has to be present before {@link #judge} can tell anything. Has no side effects: it is
     * asked again whenever more bytes have arrived.
     *
     * @param first first byte of the payload, 0 to 255; -1 if the payload is empty
     * @param length payload length from the packet header
     * @return 0 to {@code length}, and small whatever the peer announces: that much is held back
     * @throws ProtocolException if no packet of that kind may come here
     */
    int needs(int first, int length);

    /**
     * Whether a packet must not pass in a run: somebody takes it with {@link Framing#next}. No side effects.
     *
     * @param first first byte of the payload, 0 to 255; -1 if the payload is empty
     * @param length payload length from the packet header
     */
    default boolean stops(int first, int length) {
        return false;
    }

    /**
     * Looks at a packet. At least {@link #needs} bytes of it are there, perhaps not all of it, and perhaps followed by
     * bytes of the next one.
     *
     * @param payload its reader index is at the first byte of the payload; its indices must not be moved
     * @param length payload length from the packet header
     * @return true when this was the last packet of the response
     * @throws ProtocolException if no packet of that kind may come here
     */
    boolean judge(ByteBuf payload, int length);

    /**
     * A physical packet that continues the logical packet judged last. The response never ends before the last
     * continuation.
     *
     * @param length payload length of the continuation
     */
    void continued(int length);
}
