package io.mysqlproxy.wire;

/**
 * The peer sent something the protocol does not allow: the peer's fault, never ours.
 *
 * <p>Carries no stack trace: the place in our code says nothing about the peer's mistake, and a hostile peer must
 * not be able to make us walk stacks. The message says what was expected, what came and, where it is known, at
 * which offset of the payload.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int NONE = -1;

    private final int sequence;

    /** The peer's mistake, in words. */
    public ProtocolException(String message) {
        this(message, NONE);
    }

    private ProtocolException(String message, int sequence) {
        super(message, null, false, false);
        this.sequence = sequence;
    }

    /** A packet with another sequence id than the next one (W-35). */
    public static ProtocolException outOfOrder(int sequence, int expected) {
        return new ProtocolException(
                "received packet-id " + sequence + ", but expected " + expected + " ... out of sync.", sequence);
    }

    /** Whether it was {@link #outOfOrder}. */
    public boolean isOutOfOrder() {
        return sequence != NONE;
    }

    /** The sequence id that came out of order. */
    public int sequence() {
        return sequence;
    }

    /**
     * A value that had to be at an offset is not there.
     *
     * @param offset index within the buffer the value was read from
     * @param expected what had to be there, such as {@code "length-encoded integer"}
     * @param found what was there instead, such as {@code "3 bytes"}
     */
    public static ProtocolException at(int offset, String expected, String found) {
        return new ProtocolException("expected " + expected + " at offset " + offset + ", found " + found);
    }
}
