package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.StatementExecute;

/** The client's own command goes to the server, as it is. */
final class Forwarding {
    private Forwarding() {}

    /** Sends the first packet, which is taken over; the others go to the phase returned. */
    static Phase begin(Session s, Turn turn, Packet first) {
        if (s.server() == null) {
            first.release();
            return Turn.noServer(s);
        }
        Leg server = s.server().leg();
        server.sequence(0);
        Command command = turn.command();
        if (command == Command.COM_CHANGE_USER) {
            return ChangingUser.asked(s, turn, turn.schema(), first);
        }
        boolean more = first.continues();
        long statement = StatementExecute.statementId(first.payload());
        server.forward(first);
        if (command == Command.COM_STMT_CLOSE) {
            s.server().statements().closed(statement);
        }
        return switch (command.family()) {
            case AUTH -> throw new AssertionError(command);
            case ENDLESS -> new Tunnel(turn, null);
            case NONE ->
                command == Command.COM_QUIT ? left(s) : more ? new Relaying(turn, turn.reader(s)) : new Ready();
            default -> new Relaying(turn, turn.reader(s), more);
        };
    }

    /** The server will close its connection: it is nothing for a pool. */
    private static Phase left(Session s) {
        s.server().authenticated(false);
        return s.closed(CloseReason.CLIENT_LEFT);
    }
}
