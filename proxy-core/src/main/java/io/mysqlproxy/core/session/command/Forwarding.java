package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Err;
import io.netty.buffer.ByteBuf;

/** The client's own command goes to the server, as it is. */
final class Forwarding {
    private static final int OPTION_LENGTH = 3;
    private static final int MULTI_STATEMENTS_ON = 0;
    private static final int MULTI_STATEMENTS_OFF = 1;

    private Forwarding() {}

    /**
     * The flag can be switched, and decides who may have the connection after this client (W-42). Servers never refuse to, and
     * refuse every other option.
     */
    private static void multiStatements(Session s, ByteBuf payload) {
        int option = payload.getUnsignedShortLE(payload.readerIndex() + 1);
        if (option > MULTI_STATEMENTS_OFF) {
            return;
        }
        boolean off = option != MULTI_STATEMENTS_ON;
        for (Leg leg : new Leg[] {s.client(), s.server().leg()}) {
            Capabilities now = leg.capabilities();
            leg.capabilities(
                    off ? now.without(Capabilities.MULTI_STATEMENTS) : now.with(Capabilities.MULTI_STATEMENTS));
        }
    }

    /**
     * Sends the first packet; the others go to the phase returned.
     *
     * @param first taken over
     * @param layout the flags that say how it looks: the client's, or the server's if it was put into that layout
     */
    static Phase begin(Session s, Turn turn, Packet first, Capabilities layout) {
        if (s.server() == null) {
            first.release();
            return Turn.noServer(s);
        }
        Err refusal = refusal(s, turn.command(), first.payload());
        if (refusal != null) {
            boolean more = first.continues();
            first.release();
            return more ? new Dropping(turn, refusal) : refused(s, turn, refusal);
        }
        Phase killing = Killing.of(s, turn, first, layout);
        return killing == null ? pass(s, turn, first) : killing;
    }

    /** Why a command may not go to the server; null if it may. */
    static Err refusal(Session s, Command command, ByteBuf payload) {
        int most = s.plugin().protocol().limits().allowance().preparedStatements();
        return most == 0 ? null : s.server().statements().refusal(most, command, payload);
    }

    private static Phase refused(Session s, Turn turn, Err refusal) {
        if (turn.command().family() == Command.Family.NONE) {
            return turn.next(s);
        }
        Answer.error(refusal).send(s.client());
        turn.told(s, turn.command());
        return turn.answered(s);
    }

    /** What is still to come of a command that does not go to the server is dropped, then the client hears why. */
    private record Dropping(Turn turn, Err refusal) implements Phase {
        @Override
        public boolean busy() {
            return true;
        }

        @Override
        public boolean serverIdle() {
            return true;
        }

        @Override
        public boolean hearsClient() {
            return true;
        }

        @Override
        public Phase clientBytes(Session s) {
            return Upstream.COMMAND.drop(s.client()) ? refused(s, turn, refusal) : this;
        }

        @Override
        public Phase fromClient(Session s, Packet p) {
            boolean more = p.continues();
            p.release();
            return more ? this : refused(s, turn, refusal);
        }
    }

    /** Sends the first packet to the server that is there. */
    static Phase pass(Session s, Turn turn, Packet first) {
        Leg server = s.server().leg();
        server.beginCommand();
        Command command = turn.command();
        if (command == Command.COM_CHANGE_USER) {
            return ChangingUser.asked(s, turn, turn.schema(), first);
        }
        if (command == Command.COM_SET_OPTION && first.length() >= OPTION_LENGTH) {
            multiStatements(s, first.payload());
        }
        boolean more = first.continues();
        s.server().statements().sent(command, first.payload());
        server.forward(first);
        return sent(s, turn, more);
    }

    /** Whether a command has to be there as a whole before anything can be done with it. */
    static boolean needsWhole(Packet first) {
        Command.Family family = Command.of(first.first()).family();
        return family == Command.Family.AUTH || family == Command.Family.ENDLESS;
    }

    /**
     * Lets a long command pass while it comes in.
     *
     * @param head its beginning, to look at; stays the caller's
     */
    static Phase stream(Session s, Turn turn, Packet head) {
        if (s.server() == null) {
            return Turn.noServer(s);
        }
        s.client().passCommand(head);
        Err refusal = refusal(s, turn.command(), head.payload());
        if (refusal != null) {
            return new Dropping(turn, refusal);
        }
        s.server().leg().beginCommand();
        s.server().statements().sent(turn.command(), head.payload());
        return sent(s, turn, true);
    }

    /** The command, or its beginning, is with the server. */
    private static Phase sent(Session s, Turn turn, boolean more) {
        Command command = turn.command();
        return switch (command.family()) {
            case AUTH -> throw new AssertionError(command);
            case ENDLESS -> new Tunnel(turn, null);
            case NONE ->
                command == Command.COM_QUIT ? left(s) : more ? new Relaying(turn, turn.reader(s)) : new Ready();
            default -> {
                if (!more) {
                    s.patience().began();
                }
                yield new Relaying(turn, turn.reader(s), more);
            }
        };
    }

    /** The server will close its connection: it is nothing for a pool. */
    private static Phase left(Session s) {
        s.server().authenticated(false);
        return s.closed(CloseReason.CLIENT_LEFT);
    }
}
