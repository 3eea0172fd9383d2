package io.mysqlproxy.core.query;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.PrepareOk;
import io.mysqlproxy.wire.packet.StatementExecute;
import io.mysqlproxy.wire.response.PrepareReply;
import io.mysqlproxy.wire.response.ResponseReader;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What the execution of a prepared statement leaves unsaid, for those of one server connection: how many parameters it has, what
 * types they had last, and which of them came in packets of their own.
 */
public final class Statements {
    private static final int INDEX_AT = 5;
    private static final int INDEX_END = 7;

    /** Stands for the statement that was prepared last. */
    private static final long LATEST = 0xFFFFFFFFL;

    /** Of a statement that nobody knows. */
    private static final Statement UNKNOWN = new Statement(0);

    private final Map<Long, Statement> known = new HashMap<>();

    /** How many statements have parts that came in packets of their own: where none has, executions are not looked up. */
    private int streaming;

    private boolean lost;
    private long last = LastPrepared.NONE;

    /** Whether the latest statement was not prepared, because there are too many. */
    private boolean refused;

    /** One of them. */
    static final class Statement {
        private final int parameters;
        private BitSet streamed;
        private ByteString types;

        Statement(int parameters) {
            this.parameters = parameters;
        }

        int parameters() {
            return parameters;
        }

        /** Whether a parameter has no value in the execution to come. */
        boolean streamed(int parameter) {
            return streamed != null && streamed.get(parameter);
        }

        /** As {@link StatementExecute#types} gave them last; null if nobody looked yet. */
        ByteString types() {
            return parameters == 0 ? ByteString.EMPTY : types;
        }
    }

    /**
     * Whether a command may not go to the server, since there are as many prepared statements as may be.
     *
     * @param most 0 for any number
     * @param payload of the command; keeps its index
     * @return what the client hears, if it waits for an answer; null if it may
     */
    public Err refusal(int most, Command command, ByteBuf payload) {
        if (most == 0) {
            return null;
        }
        if (command == Command.COM_STMT_PREPARE) {
            refused = known.size() >= most;
            last = refused ? LastPrepared.NONE : last;
            return refused ? tooMany(most) : null;
        }
        // the server's latest one is not the one the client means: that was refused
        boolean latest = refused && LastPrepared.hasId(command) && StatementExecute.statementId(payload) == LATEST;
        return latest ? unknown(command) : null;
    }

    private static Err tooMany(int most) {
        String text = "Can't create more than max_prepared_stmt_count statements (current value: " + most + ")";
        return new Err(ErrorCode.MAX_PREPARED_STMT_COUNT_REACHED, "42000", text);
    }

    private static Err unknown(Command command) {
        String text = "Unknown prepared statement handler (" + LATEST + ") given to "
                + command.name().substring("COM_STMT_".length());
        return new Err(ErrorCode.UNKNOWN_STMT_HANDLER, "HY000", text);
    }

    /** A response is through; it may have been to a COM_STMT_PREPARE. */
    public void answered(ResponseReader reader) {
        if (reader instanceof PrepareReply reply) {
            PrepareOk ok = reply.prepared();
            last = ok == null ? LastPrepared.NONE : ok.statementId();
            if (ok != null) {
                known.put(last, new Statement(ok.parameters()));
            }
        }
    }

    /** The id that the last COM_STMT_PREPARE was answered with; {@link LastPrepared#NONE} if that failed. */
    public long last() {
        return last;
    }

    /**
     * A command goes to the server.
     *
     * @param payload its first packet's; keeps its index
     */
    public void sent(Command command, ByteBuf payload) {
        switch (command) {
            case COM_STMT_CLOSE -> forget(known.remove(StatementExecute.statementId(payload)));
            case COM_STMT_SEND_LONG_DATA -> stream(payload);
            case COM_RESET_CONNECTION -> clear();
            case COM_STMT_EXECUTE, COM_STMT_RESET -> {
                if (streaming > 0) {
                    forget(known.get(StatementExecute.statementId(payload)));
                }
            }
            default -> {}
        }
    }

    /** The server has forgotten all of them. */
    public void clear() {
        known.clear();
        streaming = 0;
    }

    private void stream(ByteBuf payload) {
        Statement statement = known.get(StatementExecute.statementId(payload));
        if (statement == null || payload.readableBytes() < INDEX_END) {
            return;
        }
        int parameter = payload.getUnsignedShortLE(payload.readerIndex() + INDEX_AT);
        if (parameter < statement.parameters) {
            if (statement.streamed == null) {
                statement.streamed = new BitSet();
                streaming++;
            }
            statement.streamed.set(parameter);
        }
    }

    private void forget(Statement statement) {
        if (statement != null && statement.streamed != null) {
            statement.streamed = null;
            streaming--;
        }
    }

    /** @param plain an execution in the layout without attributes; types it says are kept for those that say none */
    void executing(Statement statement, ByteBuf plain) {
        ByteString types = StatementExecute.types(plain, statement.parameters);
        if (types != null && statement != UNKNOWN) {
            statement.types = types;
        }
    }

    /** Whether this is the first time that query attributes have to be left out: one line in the log is enough. */
    boolean firstLoss() {
        boolean first = !lost;
        lost = true;
        return first;
    }

    /** What is known of the statement that a payload executes. */
    Statement executed(ByteBuf payload) {
        return known.getOrDefault(StatementExecute.statementId(payload), UNKNOWN);
    }
}
