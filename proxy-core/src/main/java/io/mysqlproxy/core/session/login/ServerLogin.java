package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.core.session.AuthExchange;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.ProtocolException;
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
     */
    static Phase begin(Session s, HandshakeResponse response, ByteBuf login) {
        Leg server = s.server().leg();
        server.login(s.client().login());
        server.sequence(1);
        if (!server.capabilities().has(Capabilities.SSL)) {
            if (Negotiation.wantsTls(s.plugin().protocol(), server)
                    && s.plugin().protocol().backendTls().mode().asks(TlsMode.REQUIRED)) {
                login.release();
                return refused(s, "the server does not offer it");
            }
            server.send(login);
            return authenticating(s);
        }
        if (server.in().bytes() > 0) {
            login.release();
            throw new ProtocolException("the server spoke before TLS stood");
        }
        ByteBuf request = server.peer().allocator().buffer();
        new SslRequest(server.capabilities(), response.maxPacketSize(), response.charset()).write(request);
        server.send(request);
        server.peer().startTls(null);
        return new Securing(login);
    }

    /** The login is on its way. */
    static Phase authenticating(Session s) {
        return new Authenticating(
                AuthExchange.mediation(s, s.client().login().plugin().toLatin1()));
    }

    /** Both sides have heard that the login succeeded: what was agreed on begins (W-37). A pooled connection has it already. */
    static void compress(Session s) {
        s.server().leg().compress(compression(s).zstdLevel());
        compressClient(s);
    }

    /** The client has heard so. */
    static void compressClient(Session s) {
        s.client().compress(compression(s).level(s.client().login().zstdLevel()));
    }

    private static Compression compression(Session s) {
        return s.plugin().protocol().wrapping().compression();
    }

    /** No TLS with the server, and no login without it. */
    static Phase refused(Session s, String why) {
        new Answer.Error(ErrorCode.CR_SSL_CONNECTION_ERROR, STATE, Bytes.utf8("(proxy) TLS with the server: " + why))
                .send(s.client());
        return s.closed(CloseReason.REFUSED_BY_SERVER);
    }
}
