package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.query.Delivery;
import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.response.ResponseReader;
import io.mysqlproxy.wire.response.ResponseSummary;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue of one turn runs: injection after injection goes to the server, and the script says what becomes of each answer. */
final class QueueRun {
    private static final Logger LOG = LoggerFactory.getLogger(QueueRun.class);

    private final Turn turn;

    QueueRun(Turn turn) {
        this.turn = turn;
    }

    /** The answer to an injection went to the client while it came in; the script may look at what is known of it. */
    Phase streamed(Session s, Injection injection) {
        turn.sending();
        turn.told(s, Turn.command(injection.query()));
        completed(s, injection);
        if (s.hooks().wants(Hook.READ_QUERY_RESULT)) {
            s.hooks().readQueryResult(injection);
        }
        return wantsFile(injection) ? Uploading.asked(turn) : next(s);
    }

    /** The answer to an injection is held: the script says what becomes of it. */
    Phase held(Session s, Injection injection) {
        completed(s, injection);
        Decision decision =
                s.hooks().wants(Hook.READ_QUERY_RESULT) ? s.hooks().readQueryResult(injection) : Decision.PROCEED;
        boolean upload = wantsFile(injection);
        if (upload && !Uploading.allowed(s)) {
            return turn.sent() > 0 ? turn.noFile(s) : turn.fileRefused(s);
        }
        if (decision == Decision.PROCEED && undecided(injection)) {
            turn.told(s, Turn.command(injection.query()));
            Delivery delivery = injection.held().delivery(s.client(), form(injection));
            if (!upload) {
                return new Sending(turn, delivery).clientDrains(s);
            }
            delivery.all();
            return Uploading.asked(turn);
        }
        if (decision instanceof Decision.Reply reply && undecided(injection)) {
            reply.answer().send(s.client());
            turn.told(s, reply.answer());
            if (!upload && turn.asksForFile(reply.answer())) {
                return Uploading.played(turn);
            }
        }
        return upload ? turn.noFile(s) : next(s);
    }

    private static boolean wantsFile(Injection injection) {
        return injection.summary().kind() == ResponseSummary.Kind.LOCAL_INFILE;
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
        answer.delivery(s.client(), Command.COM_PING).all();
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
        LOG.error(text);
        s.queue().reset();
        if (turn.sending() == 0) {
            Answer.error(text).send(s.client());
        }
    }

    /** What is held of the last injection is not needed any more: sends the next one, or ends the command. */
    Phase next(Session s) {
        s.share().free();
        if (s.closeRequested()) {
            return s.closed(CloseReason.CLOSED_BY_SCRIPT);
        }
        if (s.server() == null) {
            s.queue().reset();
        }
        Injection head = s.queue().poll();
        if (head == null) {
            return turn.exhausted(s);
        }
        if (!head.buffered() && turn.sent() > 0) {
            LOG.error(
                    "a result was sent already, and injection {} streams another one: can only have one injected "
                            + "query without { resultset_is_needed = true } set. We close the client connection now.",
                    head.id());
            return s.closed(CloseReason.CLOSED_BY_SCRIPT);
        }
        return inject(s, head);
    }

    private Phase inject(Session s, Injection head) {
        s.patience().ended();
        if (s.patience().unsettled()) {
            return s.patience().settle(() -> inject(s, head));
        }
        Leg server = s.server().leg();
        Bytes query = head.query();
        Command injected = Turn.command(query);
        Err refusal = Forwarding.refusal(s, injected, Turn.buffer(query));
        if (refusal != null) {
            return refused(s, head, refusal);
        }
        if (injected == Command.COM_QUIT) {
            s.server().authenticated(false);
        }
        server.beginCommand();
        server.send(turn.dressed(s, head));
        s.server().statements().sent(injected, Turn.buffer(query));
        return switch (injected.family()) {
            case NONE -> unanswered(s);
            case AUTH -> ChangingUser.injected(s, turn, change(head), head);
            case ENDLESS -> new Tunnel(turn, head);
            default -> {
                s.patience().began();
                ResponseReader reader = injected.reader(server.capabilities());
                yield head.buffered()
                        ? new Holding(turn, head, reader, injected.family() == Command.Family.BINARY_RESULT)
                        : new Relaying(turn, reader, head);
            }
        };
    }

    private Phase refused(Session s, Injection head, Err refusal) {
        if (Turn.command(head.query()).family() == Command.Family.NONE) {
            return unanswered(s);
        }
        s.server().leg().beginCommand();
        return onePacket(s, head, packet(s, refusal));
    }

    private Phase unanswered(Session s) {
        s.queue().reset();
        return turn.exhausted(s);
    }

    /** As if the server had said it. */
    private static Packet packet(Session s, Err err) {
        Packet[] packet = new Packet[1];
        ByteBuf payload = Unpooled.buffer();
        err.write(payload);
        Packet.write(s.client().peer().allocator(), payload, 1, frame -> packet[0] = Packet.of(frame));
        return packet[0];
    }

    private static void completed(Session s, Injection injection) {
        change(injection).completed(s, injection.summary());
    }

    /** Whose form an answer has that is held: where there is more to it than one packet, only that one is kept. */
    private static Command form(Injection injection) {
        Command command = Turn.command(injection.query());
        return switch (command.family()) {
            case AUTH, ENDLESS -> Command.COM_PING;
            default -> command;
        };
    }

    private static SchemaChange change(Injection injection) {
        Bytes query = injection.query();
        return SchemaChange.of(Turn.command(query), Turn.buffer(query));
    }

    /** Whether the client can still be sent a result; counts the one that is sent now. */
    private boolean undecided(Injection injection) {
        int before = turn.sent();
        if (before > 0) {
            LOG.error(
                    "got asked to send a resultset, but ignoring it as we already have sent {} resultset(s). injection-id: {}",
                    before,
                    injection.id());
            return false;
        }
        turn.sending();
        return true;
    }
}
