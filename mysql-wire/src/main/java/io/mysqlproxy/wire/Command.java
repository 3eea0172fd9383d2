package io.mysqlproxy.wire;

import io.mysqlproxy.wire.response.EndlessReply;
import io.mysqlproxy.wire.response.FetchReply;
import io.mysqlproxy.wire.response.FieldListReply;
import io.mysqlproxy.wire.response.NoReply;
import io.mysqlproxy.wire.response.OnePacketReply;
import io.mysqlproxy.wire.response.PrepareReply;
import io.mysqlproxy.wire.response.ResponseReader;
import io.mysqlproxy.wire.response.ResultReply;
import io.mysqlproxy.wire.response.SimpleReply;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What a client asks: the first byte of the first packet of a command, and the form of the response to it.
 *
 * <p>Source: manual, "Command Phase" and "enum_server_command"; MariaDB manual, "COM_STMT_BULK_EXECUTE".
 */
public enum Command {
    COM_SLEEP(0, Family.SIMPLE),
    COM_QUIT(1, Family.NONE),
    COM_INIT_DB(2, Family.SIMPLE),
    COM_QUERY(3, Family.RESULT),
    COM_FIELD_LIST(4, Family.FIELD_LIST),
    COM_CREATE_DB(5, Family.SIMPLE),
    COM_DROP_DB(6, Family.SIMPLE),
    COM_REFRESH(7, Family.SIMPLE),
    COM_SHUTDOWN(8, Family.SIMPLE),
    COM_STATISTICS(9, Family.ONE_PACKET),
    COM_PROCESS_INFO(10, Family.RESULT),
    COM_CONNECT(11, Family.SIMPLE),
    COM_PROCESS_KILL(12, Family.SIMPLE),
    COM_DEBUG(13, Family.SIMPLE),
    COM_PING(14, Family.SIMPLE),
    COM_TIME(15, Family.SIMPLE),
    COM_DELAYED_INSERT(16, Family.SIMPLE),
    COM_CHANGE_USER(17, Family.AUTH),
    COM_BINLOG_DUMP(18, Family.ENDLESS),
    COM_TABLE_DUMP(19, Family.ENDLESS),
    COM_CONNECT_OUT(20, Family.SIMPLE),
    COM_REGISTER_SLAVE(21, Family.SIMPLE),
    COM_STMT_PREPARE(22, Family.PREPARE),
    COM_STMT_EXECUTE(23, Family.BINARY_RESULT),
    COM_STMT_SEND_LONG_DATA(24, Family.NONE),
    COM_STMT_CLOSE(25, Family.NONE),
    COM_STMT_RESET(26, Family.SIMPLE),
    COM_SET_OPTION(27, Family.SIMPLE),
    COM_STMT_FETCH(28, Family.FETCH),
    COM_DAEMON(29, Family.SIMPLE),
    COM_BINLOG_DUMP_GTID(30, Family.ENDLESS),
    COM_RESET_CONNECTION(31, Family.SIMPLE),
    COM_CLONE(32, Family.ENDLESS),
    COM_SUBSCRIBE_GROUP_REPLICATION_STREAM(33, Family.ENDLESS),
    COM_STMT_BULK_EXECUTE(0xFA, Family.BINARY_RESULT),

    /** Any other byte, and the empty packet: one OK, ERR or EOF packet is expected. */
    UNKNOWN(-1, Family.SIMPLE);

    private static final Command[] BY_CODE = byCode();

    private final int code;
    private final Family family;

    Command(int code, Family family) {
        this.code = code;
        this.family = family;
    }

    /** The command byte, 0 to 255; -1 for {@link #UNKNOWN}. */
    public int code() {
        return code;
    }

    /** The form of the response. */
    public Family family() {
        return family;
    }

    /** The command of a byte; {@link #UNKNOWN} for those without one and for -1, the first byte of an empty packet. */
    public static Command of(int code) {
        return code < 0 || code >= BY_CODE.length ? UNKNOWN : BY_CODE[code];
    }

    /**
     * A fresh reader for one response to this command.
     *
     * @param capabilities what was negotiated on the leg to the server
     * @throws UnsupportedOperationException for {@link Family#AUTH}, which is a conversation
     */
    public ResponseReader reader(Capabilities capabilities) {
        return family.readers.apply(capabilities);
    }

    private static Command[] byCode() {
        Command[] commands = new Command[256];
        Arrays.fill(commands, UNKNOWN);
        for (Command each : values()) {
            if (each != UNKNOWN) {
                commands[each.code] = each;
            }
        }
        return commands;
    }

    /** Forms of responses. */
    public enum Family {
        /** One OK, ERR or EOF packet. */
        SIMPLE(SimpleReply::new),
        /** OK, ERR, a request for a local file, or result sets with text rows; several of them. */
        RESULT(capabilities -> new ResultReply(capabilities, false)),
        /** The same with binary rows. */
        BINARY_RESULT(capabilities -> new ResultReply(capabilities, true)),
        /** The statement's id and the definitions of its parameters and columns. */
        PREPARE(PrepareReply::new),
        /** Binary rows without definitions. */
        FETCH(FetchReply::new),
        /** Definitions without a count. */
        FIELD_LIST(FieldListReply::new),
        /** One packet of text. */
        ONE_PACKET(OnePacketReply::new),
        /** None. */
        NONE(NoReply::new),
        /** Packets until the connection closes. */
        ENDLESS(EndlessReply::new),
        /** The authentication exchange, in which the client has its turns, until OK or ERR. */
        AUTH(capabilities -> {
            throw new UnsupportedOperationException("an authentication exchange is not a response");
        });

        private final Function<Capabilities, ResponseReader> readers;

        Family(Function<Capabilities, ResponseReader> readers) {
            this.readers = readers;
        }
    }
}
