package io.mysqlproxy.wire.response;

import static io.mysqlproxy.wire.ServerStatus.CURSOR_EXISTS;
import static io.mysqlproxy.wire.ServerStatus.MORE_RESULTS_EXISTS;
import static io.mysqlproxy.wire.ServerStatus.PS_OUT_PARAMS;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * OK, ERR, a request for a local file, or a result set; and again while the status says that more results exist
 * (COM_QUERY, COM_STMT_EXECUTE, COM_PROCESS_INFO, COM_STMT_BULK_EXECUTE).
 *
 * <pre>
 * RESULT ──OK──────────────▶ RESULT or end        EOF era:  count definition… EOF row… EOF
 *    ├──ERR, file request──▶ end                  OK era:   count definition… row… OK(FE)
 *    └──count─▶ COLUMNS ──all──▶ DEFINED ──EOF──▶ ROWS ──EOF, OK(FE)──▶ RESULT or end
 *                                   └──cursor──▶ end        └──ERR──▶ end
 * </pre>
 *
 * <p>Definitions are counted in both eras, so that a missing or surplus EOF behind them, which the query cache of 5.7
 * can send (W-26), does no harm. Source: manual, "COM_QUERY Response", "Binary Protocol Resultset".
 */
public final class ResultReply extends ResponseReader {
    private enum Phase {
        RESULT,
        COLUMNS,
        DEFINED,
        ROWS
    }

    private static final int LONGEST_COUNT = 9;

    private final boolean binary;
    private Phase phase = Phase.RESULT;
    private long columns;

    /** Status of the EOF packet between definitions and rows. */
    private int statusBeforeRows;

    /**
     * For one response on a leg with these capabilities.
     *
     * @param binary whether rows are those of the binary protocol
     */
    public ResultReply(Capabilities capabilities, boolean binary) {
        super(capabilities);
        this.binary = binary;
    }

    @Override
    boolean whole(int first, int length) {
        return switch (phase) {
            case RESULT -> true;
            case COLUMNS -> false;
            case DEFINED, ROWS -> first == ERR || ends(first, length);
        };
    }

    @Override
    boolean step(int first, ByteBuf payload, int length) {
        return switch (phase) {
            case RESULT -> result(first, payload, length);
            case COLUMNS -> column(first, length);
            case DEFINED -> defined(first, payload, length);
            case ROWS -> row(first, payload, length);
        };
    }

    private boolean result(int first, ByteBuf payload, int length) {
        switch (first) {
            case OK -> {
                role = Role.OK;
                tally.ok(slice(payload, length));
            }
            case ERR -> tally.err(true);
            case LOCAL_INFILE -> tally.localInfile();
            default -> {
                return count(first, payload, length);
            }
        }
        return first != OK || !has(tally.status(), MORE_RESULTS_EXISTS);
    }

    private boolean count(int first, ByteBuf payload, int length) {
        ByteBuf packet = slice(payload, length);
        if (first == -1 || first == END || length > LONGEST_COUNT) {
            throw unexpected(first, length);
        }
        columns = Wire.readLenencInt(packet);
        if (columns <= 0 || packet.isReadable()) {
            throw new ProtocolException("a column count of " + columns + " in " + length + " bytes");
        }
        tally.resultSet();
        statusBeforeRows = 0;
        phase = Phase.COLUMNS;
        return false;
    }

    private boolean column(int first, int length) {
        if (first == -1 || first == OK || first == LOCAL_INFILE || first >= END) {
            throw unexpected(first, length);
        }
        if (--columns == 0) {
            phase = Phase.DEFINED;
            role = Role.LAST_DEFINITION;
        }
        return false;
    }

    private boolean defined(int first, ByteBuf payload, int length) {
        phase = Phase.ROWS;
        // An OK in the place of EOF never separates, whatever was negotiated: it ends a result without rows.
        if (!ends(first, length) || !Tally.isEof(length)) {
            return row(first, payload, length);
        }
        tally.end(slice(payload, length));
        statusBeforeRows = tally.status();
        boolean cursor = binary && has(statusBeforeRows, CURSOR_EXISTS) && !has(statusBeforeRows, MORE_RESULTS_EXISTS);
        role = cursor ? Role.END : Role.SEPARATOR;
        return cursor;
    }

    private boolean row(int first, ByteBuf payload, int length) {
        if (first == ERR) {
            tally.err(false);
            return true;
        }
        if (ends(first, length)) {
            role = Role.END;
            tally.end(slice(payload, length));
            return !moreResults();
        }
        if (first == -1 || binary && first != OK) {
            throw unexpected(first, length);
        }
        tally.row(length);
        return false;
    }

    /** The result of OUT parameters is followed by an OK packet, whatever the status at its end says. */
    private boolean moreResults() {
        if (has(statusBeforeRows, PS_OUT_PARAMS)) {
            tally.status(statusBeforeRows);
        }
        boolean more = has(tally.status(), MORE_RESULTS_EXISTS) || has(tally.status(), PS_OUT_PARAMS);
        if (more) {
            phase = Phase.RESULT;
        }
        return more;
    }

    private static boolean has(int status, int flag) {
        return (status & flag) != 0;
    }

    @Override
    public void continued(int length) {
        if (phase == Phase.ROWS) {
            tally.rowContinued(length);
        }
    }
}
