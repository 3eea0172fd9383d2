package io.mysqlproxy.core.session;

import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.config.Wrapping;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.login.Mediation;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.SslRequest;
import io.netty.buffer.ByteBuf;

/** The proxy's answer to a server's greeting: with what flags, and whether inside TLS. */
final class ServerLogin {
    private static final String STATE = "HY000";

    /** No account has this plugin: named in a login, it makes the server ask for the account's own with a new challenge. */
    static final String NO_PLUGIN = "proxy_asks_for_a_switch";

    private static final long TRANSLATED =
            Capabilities.DEPRECATE_EOF | Capabilities.SESSION_TRACK | Capabilities.QUERY_ATTRIBUTES;

    private ServerLogin() {}

    /** Whether the client's first answer must not pass: it is the password, in a form that only its own leg asked for. */
    static boolean mustNotPass(Session s, String plugin) {
        boolean tls = s.server().leg().capabilities().has(Capabilities.SSL);
        return Mediation.isPassword(plugin) && s.client().peer().tls() != tls;
    }

    /**
     * The flags of the server's side. The client's offer may hold flags that the server lacks, so that clients find a greeting
     * they know.
     */
    static Capabilities negotiated(Session s, Leg server) {
        Capabilities client = s.client().capabilities().without(Capabilities.SSL | Compression.Method.flags());
        Capabilities offered = server.greeting().capabilities();
        // Always: what a session becomes is worth knowing, whether the client asks for it or not (W-30).
        Policy policy = s.plugin().protocol().policy();
        Capabilities wanted = policy.sessionTrack() ? client.with(Capabilities.SESSION_TRACK) : client;
        // A script may have attributes to send, whatever its client can (protocol.md 5).
        if (policy.queryAttributes() && s.hooks().wants(Hook.READ_QUERY)) {
            wanted = wanted.with(Capabilities.QUERY_ATTRIBUTES);
        }
        Capabilities own = wanted.and(offered);
        if (client.has(Capabilities.LONG_PASSWORD)) {
            own = own.with(Capabilities.LONG_PASSWORD);
        }
        Wrapping wrapping = s.plugin().protocol().wrapping();
        if (wrapping.compressBackends()) {
            own = own.with(wrapping.compression().preferred(offered));
        }
        return wantsTls(s, server) && offered.has(Capabilities.SSL) ? own.with(Capabilities.SSL) : own;
    }

    /**
     * Whether the client can be served over a connection that was made with other flags: those that only change the layout of
     * packets are translated between the legs.
     */
    static boolean understands(Session s, Leg server) {
        return negotiated(s, server)
                .without(TRANSLATED)
                .equals(server.capabilities().without(TRANSLATED));
    }

    /** Asking it of a unix socket would hide from nobody what is said. */
    private static boolean wantsTls(Session s, Leg server) {
        TlsMode mode = s.plugin().protocol().backendTls().mode();
        boolean unix = server.peer().secure() && !server.peer().tls();
        return unix ? mode.asks(TlsMode.VERIFY_CA) : mode != TlsMode.DISABLED;
    }

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
            if (wantsTls(s, server) && s.plugin().protocol().backendTls().mode().asks(TlsMode.REQUIRED)) {
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
        return new Authenticating(true, mediation(s));
    }

    /** Follows what the client has just answered. */
    static Mediation mediation(Session s) {
        return new Mediation(
                s.plugin().passwordKey(),
                s.client().login().plugin().toLatin1(),
                s.server().leg().challenge());
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
