package io.mysqlproxy.core.query;

import io.mysqlproxy.wire.Capabilities;
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
}
