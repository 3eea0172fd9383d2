package io.mysqlproxy.core.query;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import java.util.List;

/**
 * The complete answer to a buffered injection.
 *
 * @param payloads logical packets in order; never changed, and owned by the heap
 * @param capabilities what was negotiated with the server that sent them
 * @param binary whether rows are in the binary form (COM_STMT_EXECUTE)
 */
public record HeldAnswer(List<byte[]> payloads, Capabilities capabilities, boolean binary) {
    public HeldAnswer {
        payloads = List.copyOf(payloads);
    }

    /** An answer of one packet, which stays the caller's. */
    public static HeldAnswer of(Packet packet, Capabilities capabilities) {
        byte[] payload = new byte[packet.length()];
        packet.payload().getBytes(packet.payload().readerIndex(), payload);
        return new HeldAnswer(List.of(payload), capabilities, false);
    }
}
