package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.query.ClientCommand;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.query.LastPrepared;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.response.ResponseReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command of the client, and what has come of it so far: who answers it, and how many results the client has been sent.
 * At most one of them reaches it (lua-api.md 4.1, 4.2).
 */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final int LOCAL_INFILE = 0xFB;

    private final Command command;
    private final SchemaChange schema;

    /** What the script was shown; null if none was asked. */
    private final ClientCommand shown;

    /** Runs in place of the client's command or after an answer to it; null while nobody asked for it. */
    private QueueRun queue;

    private int sent;

    /** @param first the first packet of the command; stays the caller's */
    Turn(Packet first) {
        command = Command.of(first.first());
        schema = SchemaChange.of(command, first.payload());
        shown = null;
    }

    /** @param shown the whole command, as a script sees it */
    Turn(ClientCommand shown) {
        command = command(shown.view());
        schema = SchemaChange.of(command, buffer(shown.view()));
        this.shown = shown;
    }

    /** What the client asks. */
    Command command() {
        return command;
    }

    /** What that does to the current schema. */
    SchemaChange schema() {
        return schema;
    }

    /** Reads what the server answers to it. */
    ResponseReader reader(Session s) {
        return command.reader(s.server().leg().capabilities());
    }

    /** Whether a command has another layout on the server's side than on the client's. */
    static boolean redressed(Session s, int command) {
        return s.server() != null
                && ClientCommand.hasPlace(command)
                && s.client().capabilities().has(Capabilities.QUERY_ATTRIBUTES)
                        != s.server().leg().capabilities().has(Capabilities.QUERY_ATTRIBUTES);
    }

    /** The client's own command in the layout of the server's side. */
    ByteBuf dressed(Session s) {
        return dressed(s, shown.view(), shown.attributes());
    }

    /** An injection in the layout of the server's side, which says with it what attributes it takes along. */
    ByteBuf dressed(Session s, Injection head) {
        ServerLink server = s.server();
        head.attributes(shown.carried(head, server.leg().capabilities(), server.statements()));
        return dressed(s, head.query(), head.attributes());
    }

    private ByteBuf dressed(Session s, Bytes query, List<Entry> attributes) {
        Capabilities server = s.server().leg().capabilities();
        return shown.dressed(
                query, attributes, s.client().capabilities(), server, s.server().statements());
    }

    /** Runs the queue in place of the client's command. */
    Phase queue(Session s) {
        if (s.server() == null) {
            return noServer(s);
        }
        queue = new QueueRun(this);
        return queue.next(s);
    }

    /** What runs the queue; null if nobody asked for it. */
    QueueRun queue() {
        return queue;
    }

    /** Answers the command; a queue runs after it, and none of its results reaches the client (J-43). */
    Phase answer(Session s, Answer answer) {
        answer.send(s.client());
        told(s, answer);
        sent++;
        queue = new QueueRun(this);
        if (asksForFile(answer)) {
            return Uploading.played(this);
        }
        if (!answer.isError()) {
            schema.acknowledged(s);
        }
        return queue.next(s);
    }

    /** The answer to the client's own command, or the rest of one that asked for a file, is through. */
    Phase relayed(Session s, ResponseReader reader) {
        if (reader.wantsLocalInfile()) {
            return Uploading.asked(this);
        }
        schema.completed(s, reader.summary());
        told(s, command);
        return answered(s);
    }

    /** The client has got the server's answer to a command, its own or one in its place. */
    void told(Session s, Command asked) {
        if (command == Command.COM_STMT_PREPARE) {
            boolean prepared = asked == command && s.server() != null;
            s.lastPrepared().told(prepared ? s.server().statements().last() : LastPrepared.NONE);
        }
    }

    /** The client has got a script's answer. */
    void told(Session s, Answer answer) {
        if (command == Command.COM_STMT_PREPARE) {
            s.lastPrepared().told(answer.firstPacket());
        }
    }

    /** The server wants a file that nobody may ask the client for: both are told so (W-48). */
    Phase fileRefused(Session s) {
        sent++;
        new Answer.Error(
                        ErrorCode.CLIENT_LOCAL_FILES_DISABLED,
                        "42000",
                        Bytes.latin1("Loading local data is disabled; this must be enabled on both the client and"
                                + " server sides"))
                .send(s.client());
        return noFile(s);
    }

    /** The server, if the script has left it, waits for the file in vain. */
    Phase noFile(Session s) {
        return s.server() == null ? next(s) : Uploading.refused(this, s);
    }

    /** The client has got an answer from the server, packet by packet. */
    Phase answered(Session s) {
        sent++;
        return next(s);
    }

    /**
     * The client has left while an answer is held, or read and dropped. If it has its own result, what is queued behind that is
     * the script's: it runs to its end, and so long the session goes on without anybody (J-43). One that still waits for its
     * result has given up.
     */
    Phase clientLeft(Session s, Phase now) {
        if (queue == null || sent == 0) {
            return s.closed(CloseReason.CLIENT_LEFT);
        }
        s.client().leave();
        return now;
    }

    /** How many results the client has been sent. */
    int sent() {
        return sent;
    }

    /** The client is sent a result: counts it, and gives how many it had before. */
    int sending() {
        return sent++;
    }

    /** Nothing is in flight any more: the queue goes on, if it runs, or the command is over. */
    Phase next(Session s) {
        return queue == null ? done(s) : queue.next(s);
    }

    /** A command that has an answer never stays without one (J-37). */
    Phase exhausted(Session s) {
        if (sent == 0 && command.family() != Command.Family.NONE) {
            Answer none = Answer.error("(proxy) no result was sent for this command");
            none.send(s.client());
            told(s, none);
        }
        return done(s);
    }

    private static Phase done(Session s) {
        return s.closeRequested() ? s.closed(CloseReason.CLOSED_BY_SCRIPT) : new Ready();
    }

    /** There is nobody to send anything to. */
    static Phase noServer(Session s) {
        LOG.error("I have no server backend, closing connection");
        return s.closed(CloseReason.NO_BACKEND);
    }

    /** A script that plays the server may ask for a local file: what the client sends then is no command. */
    boolean asksForFile(Answer answer) {
        Bytes first = answer.firstPacket();
        return command == Command.COM_QUERY
                && first != null
                && first.length() > 0
                && (first.array()[first.offset()] & 0xFF) == LOCAL_INFILE;
    }

    /** The command that a payload begins with. */
    static Command command(Bytes query) {
        return Command.of(query.length() == 0 ? -1 : query.array()[query.offset()] & 0xFF);
    }

    /** A look at a payload, without a copy. */
    static ByteBuf buffer(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
    }
}
