package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Packet;

/**
 * The authentication exchange until OK or ERR: switches, more data, factors and answers of whatever plugin pass in both
 * directions, since either side knows whose turn it is (W-16, R2; lua-api.md 2.4).
 */
final class Authenticating implements Phase {
    private static final int OK = 0x00;
    private static final int ERR = 0xFF;

    private final boolean login;
    private final Turn turn;
    private boolean accepted;
    private final SchemaChange change;
    private final Injection injection;

    /** The login of a new connection. */
    Authenticating(boolean login) {
        this.login = login;
        this.turn = null;
        this.change = null;
        this.injection = null;
    }

    /**
     * COM_CHANGE_USER as a command, which changes the schema, too.
     *
     * @param injection the command if a script queued it: it is shown the last packet; null if it is the client's own
     */
    Authenticating(Turn turn, SchemaChange change, Injection injection) {
        this.login = false;
        this.turn = turn;
        this.change = change;
        this.injection = injection;
    }

    @Override
    public boolean busy() {
        return turn != null;
    }

    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public boolean serverIdle() {
        return accepted;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        Packet packet = s.client().nextOfLogin();
        return packet == null ? this : fromClient(s, packet);
    }

    @Override
    public Phase fromClient(Session s, Packet p) {
        s.server().leg().forward(p);
        return this;
    }

    @Override
    public Phase fromServer(Session s, Packet p) {
        int kind = p.first();
        Decision decision = login ? decide(s, p) : Decision.PROCEED;
        if (decision instanceof Decision.Reply reply) {
            p.release();
            return replaced(s, kind, reply.answer());
        }
        if (injection != null && (kind == OK || kind == ERR)) {
            return injected(s, p, kind);
        }
        s.client().forward(p);
        return switch (kind) {
            case OK -> accepted(s);
            case ERR -> login ? s.closed(CloseReason.REFUSED_BY_SERVER) : turn.answered(s);
            default -> s.server() == null ? released(s) : this;
        };
    }

    private Phase injected(Session s, Packet p, int kind) {
        if (kind == OK) {
            accepted = true;
            change.userChanged(s);
        }
        return turn.onePacket(s, injection, p);
    }

    private Decision decide(Session s, Packet p) {
        Leg server = s.server().leg();
        server.defaultDb(s.client().defaultDb());
        if (!s.hooks().wants(Hook.READ_AUTH_RESULT)) {
            return Decision.PROCEED;
        }
        byte[] copy = new byte[p.length()];
        p.payload().readBytes(copy);
        if (p.first() == OK) {
            s.server().authenticated(true);
            // From here on the script may let the connection go: the server waits for a command.
            accepted = true;
        }
        try {
            return s.hooks().readAuthResult(Bytes.of(copy));
        } catch (RuntimeException e) {
            p.release();
            throw e;
        }
    }

    /** What the server said decides what comes next; but nobody goes on after an ERR, whoever made it (D-04). */
    private Phase replaced(Session s, int kind, Answer answer) {
        answer.send(s.client());
        if (kind == ERR || answer.isError()) {
            return s.closed(CloseReason.REFUSED_BY_SCRIPT);
        }
        return kind == OK ? accepted(s) : s.server() == null ? released(s) : this;
    }

    /** The script let the server go in the middle of the exchange: there is nobody left to log in to. */
    private static Phase released(Session s) {
        Answer.error("(lua) read-auth-old-password failed as backend_ndx got reset.")
                .send(s.client());
        return s.closed(CloseReason.CLOSED_BY_SCRIPT);
    }

    private Phase accepted(Session s) {
        if (s.server() == null) {
            return new Ready();
        }
        s.server().authenticated(true);
        if (login) {
            s.server().leg().defaultDb(s.client().defaultDb());
            return new Ready();
        }
        change.userChanged(s);
        return turn.answered(s);
    }
}
