package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.ByteString;
import java.util.Optional;

/**
 * What a response said, as far as its reader saw it.
 *
 * @param kind how the response ended; {@link Kind#OTHER} before it has
 * @param status flags of the last status seen ({@link io.mysqlproxy.wire.ServerStatus}), but of the first one for a result
 *     set of OUT parameters; 0 after an ERR packet, which has none
 * @param warnings from the last OK or EOF packet
 * @param affectedRows from the last OK packet that was a result of its own; 0 without one
 * @param insertId from the same packet
 * @param rows rows of all result sets; one of several physical packets counts once
 * @param bytes lengths of the row packets, headers included
 * @param queryStatus 0 if the last result began as OK or result set, 255 if as ERR, {@link #ABSENT} otherwise
 * @param schema the current schema, where the session tracker said that it had changed
 */
public record ResponseSummary(
        Kind kind,
        int status,
        int warnings,
        long affectedRows,
        long insertId,
        long rows,
        long bytes,
        int queryStatus,
        Optional<ByteString> schema) {
    /** There is no query status: the response is a request for a local file, or of another kind. */
    public static final int ABSENT = -1;

    /** How a response ended. */
    public enum Kind {
        /** With an OK packet that was a result of its own. */
        OK,
        /** With an ERR packet, whatever came before. */
        ERR,
        /** With the end of rows or definitions. */
        RESULT,
        /** With a request for a local file: it goes on after the upload. */
        LOCAL_INFILE,
        /** Not at all, or with a packet that says none of this. */
        OTHER
    }

    /** Whether all these status flags are set. */
    public boolean has(int flags) {
        return (status & flags) == flags;
    }
}
