package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.login.Mediation;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.response.ResponseTranslator;
import io.mysqlproxy.wire.response.SimpleReply;

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
    private final Mediation mediation;

    /** The login of a new connection. */
    Authenticating(boolean login, Mediation mediation) {
        this.login = login;
        this.mediation = mediation;
        this.turn = null;
        this.change = null;
        this.injection = null;
    }

    /**
     * COM_CHANGE_USER as a command, which changes the schema, too.
     *
     * @param injection the command if a script queued it: it is shown the last packet; null if it is the client's own
     */
    Authenticating(Turn turn, SchemaChange change, Injection injection, Mediation mediation) {
        this.login = false;
        this.mediation = mediation;
        this.turn = turn;
        this.change = change;
        this.injection = injection;
    }

    @Override
    public boolean busy() {
        return turn != null;
    }

    @Override
    public boolean isLogin() {
        return login;
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
        try {
            if (mediation.fromClient(p, s.client(), s.server().leg())) {
                s.server().leg().forward(p.retain());
            }
            return this;
        } catch (ProtocolException e) {
            return denied(s, e);
        } finally {
            p.release();
        }
    }

    @Override
    public Phase fromServer(Session s, Packet p) {
        if (!mediated(s, p)) {
            p.release();
            return this;
        }
        int kind = p.first();
        Decision decision = login ? decide(s, p) : Decision.PROCEED;
        if (decision instanceof Decision.Reply reply) {
            p.release();
            return replaced(s, kind, reply.answer());
        }
        if (injection != null && (kind == OK || kind == ERR)) {
            return injected(s, p, kind);
        }
        if (kind == OK) {
            accept(s, p);
        } else {
            s.client().forward(p);
        }
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

    /** Whether the packet is for the client. */
    private boolean mediated(Session s, Packet p) {
        try {
            return mediation.fromServer(p, s.client(), s.server().leg());
        } catch (ProtocolException e) {
            p.release();
            throw e;
        } finally {
            s.server().leg().challenge(mediation.challenge());
        }
    }

    /** The one thing a client can do wrong that the server never hears of. */
    private static Phase denied(Session s, ProtocolException why) {
        new Answer.Error(ErrorCode.ACCESS_DENIED_ERROR, "28000", Bytes.utf8(why.getMessage())).send(s.client());
        return s.closed(CloseReason.PROTOCOL);
    }

    @Override
    public void abandoned() {
        mediation.abandoned();
    }

    /** The last word is the first packet whose form depends on what was negotiated. */
    private static void accept(Session s, Packet p) {
        Leg client = s.client();
        Capabilities from =
                s.server() == null ? client.capabilities() : s.server().leg().capabilities();
        if (!ResponseTranslator.needed(from, client.capabilities())) {
            client.forward(p);
            return;
        }
        try {
            new ResponseTranslator(new SimpleReply(from), client.capabilities())
                    .accept(p, client.peer().allocator(), client);
        } finally {
            p.release();
        }
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
            if (login) {
                ServerLogin.compressClient(s);
            }
            return new Ready();
        }
        s.server().authenticated(true);
        if (login) {
            ServerLogin.compress(s);
            s.server().leg().defaultDb(s.client().defaultDb());
            return new Ready();
        }
        change.userChanged(s);
        return turn.answered(s);
    }
}
