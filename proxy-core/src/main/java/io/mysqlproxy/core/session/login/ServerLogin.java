package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.core.session.AuthExchange;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.auth.CachingSha2;
import io.mysqlproxy.wire.packet.AuthMoreData;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.SslRequest;
import io.netty.buffer.ByteBuf;

/** The proxy's answer to a server's greeting: with what flags, and whether inside TLS. */
final class ServerLogin {
    private static final String STATE = "HY000";

    private ServerLogin() {}

    /**
     * Sends a login as the first packet after the greeting, or after the request for TLS: the sequence ids of the two legs part
     * here (W-18).
     *
     * @param login the payload; taken over
     * @param scripted whether a script made it
     */
    static Phase begin(Session s, HandshakeResponse response, ByteBuf login, boolean scripted) {
        Leg server = s.server().leg();
        server.login(s.client().login());
        server.sequence(1);
        if (!server.capabilities().has(Capabilities.SSL)) {
            if (Negotiation.wantsTls(s.plugin().protocol(), server)
                    && s.plugin().protocol().backendTls().mode().asks(TlsMode.REQUIRED)) {
                login.release();
                return refused(s, "the server does not offer it");
            }
            server.confide(login);
            return authenticating(s, scripted);
        }
        if (server.in().bytes() > 0) {
            login.release();
            throw new ProtocolException("the server spoke before TLS stood");
        }
        ByteBuf request = server.peer().allocator().buffer();
        SslRequest same = SslRequest.before(login);
        (same == null ? new SslRequest(server.capabilities(), response.maxPacketSize(), response.charset()) : same)
                .write(request);
        server.send(request);
        server.peer().startTls(null);
        return new Securing(login, scripted);
    }

    /** The login is on its way. */
    static Phase authenticating(Session s, boolean scripted) {
        return new Authenticating(
                AuthExchange.mediation(s, s.client().login().plugin().toLatin1()), scripted);
    }

    /**
     * Who lets a client in without the server having looked at its answer says so in the words of the method it has answered by:
     * clients of caching_sha2_password go on by asking for a key unless they hear that their answer was enough.
     */
    static void found(Leg client) {
        Login login = client.login();
        if (login.plugin().toLatin1().equals(CachingSha2.NAME)
                && login.response().length() > 0) {
            ByteBuf out = client.peer().allocator().buffer();
            new AuthMoreData(ByteString.of(new byte[] {CachingSha2.FAST_SUCCESS})).write(out);
            client.send(out);
        }
    }

    /** Both sides have heard that the login succeeded: what was agreed on begins (W-37). A pooled connection has it already. */
    static void compress(Session s) {
        s.server().leg().compress(compression(s).zstdLevel());
        compressClient(s);
    }

    /** The client has heard so. */
    static void compressClient(Session s) {
        s.client().expectsPasswords();
        s.client().compress(compression(s).level(s.client().login().zstdLevel()));
    }

    private static Compression compression(Session s) {
        return s.plugin().protocol().wrapping().compression();
    }

    /**
     * No TLS with the server, and no login without it. Not with the number that clients have for this: from a server, MariaDB's
     * take a number of their own for a malformed packet and do not show the text.
     */
    static Phase refused(Session s, String why) {
        new Answer.Error(ErrorCode.UNKNOWN_ERROR, STATE, Bytes.utf8("(proxy) TLS with the server: " + why))
                .send(s.client());
        return s.closed(CloseReason.REFUSED_BY_SERVER);
    }
}
