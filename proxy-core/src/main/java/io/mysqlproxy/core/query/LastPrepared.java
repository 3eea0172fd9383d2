package io.mysqlproxy.core.query;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.packet.PrepareOk;
import io.netty.buffer.Unpooled;

/**
 * The statement that a client means by "the last one". Clients of MariaDB send COM_STMT_PREPARE and COM_STMT_EXECUTE together, the
 * latter with 0xFFFFFFFF for an id that they do not know yet (W-38). To the server that is whatever its connection prepared
 * last; where a script has a hand in it that may be the script's, or another client's over a connection that is lent. So what
 * scripts see names the statement that this client was told of.
 */
public final class LastPrepared {
    /** No statement has this number: the server will say so. */
    public static final long NONE = 0;

    private static final int LAST = -1;
    private static final int ID_AT = 1;
    private static final int ID_END = 5;
    private static final int PREPARED_LENGTH = 12;

    private int id = (int) NONE;

    /** The client was told that its statement is prepared, or {@link #NONE} that it is not. */
    public void told(long statement) {
        id = (int) statement;
    }

    /** The client was told by a script: the first packet of its answer, null if there is none. */
    public void told(Bytes answer) {
        boolean prepared = answer != null
                && answer.length() >= PREPARED_LENGTH
                && answer.array()[answer.offset()] == PrepareOk.HEADER;
        told(
                prepared
                        ? PrepareOk.read(Unpooled.wrappedBuffer(answer.array(), answer.offset(), answer.length()))
                                .statementId()
                        : NONE);
    }

    /**
     * Puts the statement's own id into a command that is about the last one.
     *
     * @param command changed in place
     * @return whether it was one
     */
    public boolean name(byte[] command) {
        if (command.length < ID_END || !hasId(Command.of(command[0] & 0xFF))) {
            return false;
        }
        if (Unpooled.wrappedBuffer(command).getIntLE(ID_AT) != LAST) {
            return false;
        }
        Unpooled.wrappedBuffer(command).setIntLE(ID_AT, id);
        return true;
    }

    /** Whether a command is about a statement that it names. */
    static boolean hasId(Command command) {
        return switch (command) {
            case COM_STMT_EXECUTE,
                    COM_STMT_BULK_EXECUTE,
                    COM_STMT_SEND_LONG_DATA,
                    COM_STMT_RESET,
                    COM_STMT_FETCH,
                    COM_STMT_CLOSE -> true;
            default -> false;
        };
    }
}
