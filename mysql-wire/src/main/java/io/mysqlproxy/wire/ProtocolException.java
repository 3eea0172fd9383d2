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

    /** The peer's mistake, in words. */
    public ProtocolException(String message) {
        super(message, null, false, false);
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
