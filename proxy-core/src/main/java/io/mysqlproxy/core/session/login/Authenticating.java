package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.login.Mediation;
import io.mysqlproxy.core.session.Admission;
import io.mysqlproxy.core.session.AuthExchange;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.core.session.command.Ready;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Packet;

/** The client's login is with the server; the script sees each packet of the server's. */
final class Authenticating extends AuthExchange {
    private boolean accepted;

    /** Whether the client's answer went nowhere so far: the server has been sent a login that a script made. */
    private boolean unheard;

    Authenticating(Mediation mediation, boolean scripted) {
        super(mediation);
        unheard = scripted;
    }

    @Override
    public boolean isLogin() {
        return true;
    }

    @Override
    public boolean serverIdle() {
        return accepted;
    }

    @Override
    protected Phase said(Session s, Packet p) {
        int kind = p.first();
        Bytes user = s.client().login().user();
        if (kind == OK && !Admission.granted(s, user)) {
            p.release();
            return Admission.refused(s, user);
        }
        Decision decision = decide(s, p);
        boolean welcome = kind == OK && !(decision instanceof Decision.Reply r && !(r.answer() instanceof Answer.Okay));
        if (unheard && welcome) {
            ServerLogin.found(s.client());
        }
        unheard = false;
        if (decision instanceof Decision.Reply reply) {
            p.release();
            return replaced(s, kind, reply.answer());
        }
        pass(s, p);
        return switch (kind) {
            case OK -> accepted(s);
            case ERR -> s.closed(CloseReason.REFUSED_BY_SERVER);
            default -> s.server() == null ? released(s) : this;
        };
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

    private static Phase accepted(Session s) {
        if (s.server() == null) {
            ServerLogin.compressClient(s);
            return new Ready();
        }
        s.server().authenticated(true);
        s.server().cleared();
        ServerLogin.compress(s);
        s.server().leg().defaultDb(s.client().defaultDb());
        return new Ready();
    }
}
