package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.login.Mediation;
import io.mysqlproxy.core.query.ClientCommand;
import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.ChangeUser;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.packet.StatementExecute;
import io.mysqlproxy.wire.response.ResponseReader;
import io.mysqlproxy.wire.response.ResponseSummary;
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

    /** Whether the queue runs, in place of the client's command or after an answer to it. */
    private boolean queued;

    private int sent;

    /** What the script was shown; null if none was asked. */
    private final ClientCommand shown;

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

    /** Whether the command has another layout on the server's side than on the client's. */
    boolean redressed(Session s) {
        return s.server() != null
                && ClientCommand.hasPlace(command.code())
                && s.client().capabilities().has(Capabilities.QUERY_ATTRIBUTES)
                        != s.server().leg().capabilities().has(Capabilities.QUERY_ATTRIBUTES);
    }

    /** The client's own command in the layout of the server's side. */
    ByteBuf dressed(Session s) {
        return dressed(s, shown.view(), shown.attributes());
    }

    private ByteBuf dressed(Session s, Injection injection) {
        injection.usualAttributes(shown.attributesOf(injection.query()));
        return dressed(s, injection.query(), injection.attributes());
    }

    private ByteBuf dressed(Session s, Bytes query, List<Entry> attributes) {
        Capabilities server = s.server().leg().capabilities();
        return shown.dressed(
                query, attributes, s.client().capabilities(), server, s.server().statements());
    }

    private static ByteBuf buffer(Bytes bytes) {
        return Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length());
    }

    /** Sends the client's own command to the server; takes the packet over. Its other packets go to the phase returned. */
    Phase forward(Session s, Packet first) {
        if (s.server() == null) {
            first.release();
            return noServer(s);
        }
        boolean more = first.continues();
        Leg server = s.server().leg();
        server.sequence(0);
        if (command == Command.COM_CHANGE_USER) {
            return changeUser(s, first);
        }
        long statement = StatementExecute.statementId(first.payload());
        server.forward(first);
        if (command == Command.COM_STMT_CLOSE) {
            s.server().statements().closed(statement);
        }
        if (command == Command.COM_QUIT) {
            s.server().authenticated(false); // the server will close it: it is nothing for a pool
        }
        return switch (command.family()) {
            case AUTH -> throw new AssertionError(command);
            case ENDLESS -> new Tunnel(this, null);
            case NONE ->
                command == Command.COM_QUIT
                        ? s.closed(CloseReason.CLIENT_LEFT)
                        : more ? new Relaying(this, reader(s)) : new Ready();
            default -> new Relaying(this, reader(s), more);
        };
    }

    private Phase changeUser(Session s, Packet packet) {
        Leg server = s.server().leg();
        try {
            ChangeUser asked = ChangeUser.read(packet.payload(), s.client().capabilities());
            if (ServerLogin.mustNotPass(s, asked.authPlugin())) {
                ByteBuf out = s.client().peer().allocator().buffer();
                asked.withoutAnswer(ServerLogin.NO_PLUGIN).write(out, server.capabilities());
                server.send(out);
            } else {
                server.forward(packet.retain());
            }
            Mediation mediation = new Mediation(s.plugin().passwordKey(), asked.authPlugin(), server.challenge());
            return new Authenticating(this, schema, null, mediation);
        } finally {
            packet.release();
        }
    }

    /** Runs the queue in place of the client's command. */
    Phase queue(Session s) {
        if (s.server() == null) {
            return noServer(s);
        }
        queued = true;
        return next(s);
    }

    /** Answers the command; a queue runs after it, and none of its results reaches the client (J-43). */
    Phase answer(Session s, Answer answer) {
        answer.send(s.client());
        sent++;
        queued = true;
        if (asksForFile(answer)) {
            return Uploading.played(this);
        }
        if (!answer.isError()) {
            schema.acknowledged(s);
        }
        return next(s);
    }

    /** The answer to the client's own command, or the rest of one that asked for a file, is through. */
    Phase relayed(Session s, ResponseReader reader) {
        if (reader.wantsLocalInfile()) {
            return Uploading.asked(this);
        }
        schema.completed(s, reader.summary());
        return answered(s);
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
    private Phase noFile(Session s) {
        return s.server() == null ? next(s) : Uploading.refused(this, s);
    }

    /** The client has got an answer from the server, packet by packet. */
    Phase answered(Session s) {
        sent++;
        return queued ? next(s) : done(s);
    }

    /** The answer to an injection went to the client while it came in; the script may look at what is known of it. */
    Phase streamed(Session s, Injection injection) {
        sent++;
        completed(s, injection);
        if (s.hooks().wants(Hook.READ_QUERY_RESULT)) {
            s.hooks().readQueryResult(injection);
        }
        return injection.summary().kind() == ResponseSummary.Kind.LOCAL_INFILE ? Uploading.asked(this) : next(s);
    }

    /** The answer to an injection is held: the script says what becomes of it. */
    Phase held(Session s, Injection injection) {
        completed(s, injection);
        Decision decision =
                s.hooks().wants(Hook.READ_QUERY_RESULT) ? s.hooks().readQueryResult(injection) : Decision.PROCEED;
        boolean upload = injection.summary().kind() == ResponseSummary.Kind.LOCAL_INFILE;
        if (upload && !s.plugin().protocol().policy().localInfile()) {
            return sent > 0 ? noFile(s) : fileRefused(s);
        }
        if (decision == Decision.PROCEED && undecided(injection)) {
            injection.held().send(s.client(), form(injection));
            return upload ? Uploading.asked(this) : next(s);
        }
        if (decision instanceof Decision.Reply reply && undecided(injection)) {
            reply.answer().send(s.client());
            if (!upload && asksForFile(reply.answer())) {
                return Uploading.played(this);
            }
        }
        return upload ? noFile(s) : next(s);
    }

    /** An injection is answered by a single packet, which is taken over: held or passed on, as the script asked for. */
    Phase onePacket(Session s, Injection injection, Packet p) {
        Capabilities capabilities = s.server().leg().capabilities();
        ResponseReader reader = Command.COM_PING.reader(capabilities);
        injection.answering();
        reader.accept(p);
        HeldAnswer answer = HeldAnswer.of(p, capabilities);
        p.release();
        injection.answered(reader.summary(), injection.buffered() ? answer : null);
        if (injection.buffered()) {
            return held(s, injection);
        }
        answer.send(s.client(), Command.COM_PING);
        return streamed(s, injection);
    }

    /**
     * The answer to an injection is longer than what may be held. The client gets an error in its place, nothing more is sent
     * in its name, and what is still to come of it is read and dropped.
     */
    void tooLong(Session s, Injection injection) {
        Plugin plugin = s.plugin();
        String text = "(" + plugin.name() + ") the result of injection " + injection.id() + " is longer than "
                + plugin.maxBufferedResult() + " bytes, see --" + plugin.name() + "-max-buffered-result";
        LOG.error("[{}] {}", s.id(), text);
        s.queue().reset();
        if (sent++ == 0) {
            Answer.error(text).send(s.client());
        }
    }

    /** Sends the next injection, or ends the command. */
    Phase next(Session s) {
        if (s.closeRequested()) {
            return s.closed(CloseReason.CLOSED_BY_SCRIPT);
        }
        if (s.server() == null) {
            s.queue().reset();
        }
        Injection head = s.queue().poll();
        if (head == null) {
            return exhausted(s);
        }
        if (!head.buffered() && sent > 0) {
            LOG.error(
                    "a result was sent already, and injection {} streams another one: can only have one injected "
                            + "query without { resultset_is_needed = true } set. We close the client connection now.",
                    head.id());
            return s.closed(CloseReason.CLOSED_BY_SCRIPT);
        }
        return inject(s, head);
    }

    private Phase inject(Session s, Injection head) {
        Leg server = s.server().leg();
        Bytes query = head.query();
        Command injected = command(query);
        if (injected == Command.COM_QUIT) {
            s.server().authenticated(false);
        }
        server.sequence(0);
        server.send(dressed(s, head));
        return switch (injected.family()) {
            case NONE -> {
                s.queue().reset();
                yield exhausted(s);
            }
            case AUTH -> new Authenticating(this, change(head), head, ServerLogin.mediation(s));
            case ENDLESS -> new Tunnel(this, head);
            default -> {
                ResponseReader reader = injected.reader(server.capabilities());
                yield head.buffered()
                        ? new Holding(this, head, reader, injected.family() == Command.Family.BINARY_RESULT)
                        : new Relaying(this, reader, head);
            }
        };
    }

    private void completed(Session s, Injection injection) {
        change(injection).completed(s, injection.summary());
    }

    /** Whose form an answer has that is held: where there is more to it than one packet, only that one is kept. */
    private static Command form(Injection injection) {
        Command command = command(injection.query());
        return switch (command.family()) {
            case AUTH, ENDLESS -> Command.COM_PING;
            default -> command;
        };
    }

    private static SchemaChange change(Injection injection) {
        Bytes query = injection.query();
        return SchemaChange.of(command(query), buffer(query));
    }

    private static Command command(Bytes query) {
        return Command.of(query.length() == 0 ? -1 : query.array()[query.offset()] & 0xFF);
    }

    /** Whether the client can still be sent a result; counts the one that is sent now. */
    private boolean undecided(Injection injection) {
        if (sent > 0) {
            LOG.error(
                    "got asked to send a resultset, but ignoring it as we already have sent {} resultset(s). injection-id: {}",
                    sent,
                    injection.id());
            return false;
        }
        sent++;
        return true;
    }

    /** A command that has an answer never stays without one (J-37). */
    private Phase exhausted(Session s) {
        if (sent == 0 && command.family() != Command.Family.NONE) {
            Answer.error("(proxy) no result was sent for this command").send(s.client());
        }
        return done(s);
    }

    private static Phase done(Session s) {
        return s.closeRequested() ? s.closed(CloseReason.CLOSED_BY_SCRIPT) : new Ready();
    }

    private static Phase noServer(Session s) {
        LOG.error("I have no server backend, closing connection");
        return s.closed(CloseReason.NO_BACKEND);
    }

    private ResponseReader reader(Session s) {
        return command.reader(s.server().leg().capabilities());
    }

    /** A script that plays the server may ask for a local file: what the client sends then is no command. */
    private boolean asksForFile(Answer answer) {
        Bytes first = answer.firstPacket();
        return command == Command.COM_QUERY
                && first != null
                && first.length() > 0
                && (first.array()[first.offset()] & 0xFF) == LOCAL_INFILE;
    }
}
