package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.core.leg.SecretBuffer;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.core.session.Admission;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.core.session.command.Ready;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.packet.ChangeUser;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.netty.buffer.ByteBuf;

/**
 * A client logs in over a connection that was idle in a pool (lua-api.md 6.5). It saw the greeting of the connection's first
 * client and answered its challenge; whoever it says it is, the server has to say yes before anything else is sent.
 */
final class PooledLogin {
    /** ER_ACCESS_DENIED_ERROR. */
    private static final int DENIED = 1045;

    private PooledLogin() {}

    /**
     * @param response the client's answer
     * @param injected what a script wants sent in its place; null for COM_CHANGE_USER
     */
    static Phase begin(Session s, HandshakeResponse response, ByteBuf injected) {
        boolean understood = Negotiation.understands(
                s.plugin().protocol(), s.client(), s.server().leg());
        if (injected == null && s.plugin().trustsPool()) {
            return compared(s, understood);
        }
        if (injected != null) {
            return sent(s, injected, true);
        }
        if (understood) {
            return sent(s, changeUser(s, response, mustNotPass(s, response)), false);
        }
        // what the client has answered is the challenge of the connection that goes back: another has to ask anew
        return s.slot().exchange() ? sent(s, changeUser(s, response, true), false) : new Relogin(response);
    }

    private static Phase sent(Session s, ByteBuf login, boolean scripted) {
        Leg server = s.server().leg();
        s.server().authenticated(false);
        server.beginCommand();
        server.confide(login);
        server.login(s.client().login());
        return ServerLogin.authenticating(s, scripted);
    }

    /** Without COM_CHANGE_USER: only who is provably the same may have the session of the one before. */
    private static Phase compared(Session s, boolean understood) {
        Leg client = s.client();
        Login before = s.server().leg().login();
        Login now = client.login();
        boolean same = before.user().equals(now.user())
                && before.response().equals(now.response())
                && now.response().length() > 0
                && before.charset() == now.charset();
        if (!understood || !same) {
            return refused(s);
        }
        if (!Admission.granted(s, now.user())) {
            return Admission.refused(s, now.user());
        }
        ServerLogin.found(client);
        new Answer.Okay(0, 0, 0).send(client);
        ServerLogin.compressClient(s);
        return new Ready();
    }

    private static Phase refused(Session s) {
        new Answer.Error(DENIED, "28000", Bytes.latin1("(proxy-pool) login failed")).send(s.client());
        return s.closed(CloseReason.REFUSED_BY_SERVER);
    }

    private static boolean mustNotPass(Session s, HandshakeResponse response) {
        return Negotiation.mustNotPass(s.client(), s.server().leg(), response.authPlugin());
    }

    /** @param withheld whether the server has to send a challenge of its own */
    private static ByteBuf changeUser(Session s, HandshakeResponse response, boolean withheld) {
        ByteBuf out = SecretBuffer.payload(s.client().peer().allocator());
        new ChangeUser(
                        response.username(),
                        withheld ? ByteString.EMPTY : response.authResponse(),
                        response.database(),
                        response.charset(),
                        withheld ? Negotiation.NO_PLUGIN : response.authPlugin(),
                        response.attributes())
                .write(out, s.server().leg().capabilities());
        return out;
    }
}
