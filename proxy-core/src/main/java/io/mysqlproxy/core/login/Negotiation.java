package io.mysqlproxy.core.login;

import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.wire.Capabilities;

/** With what flags the proxy logs in to a server on a client's behalf. */
public final class Negotiation {
    /** No account has this plugin: named in a login, it makes the server ask for the account's own with a new challenge. */
    public static final String NO_PLUGIN = "proxy_asks_for_a_switch";

    private static final long TRANSLATED =
            Capabilities.DEPRECATE_EOF | Capabilities.SESSION_TRACK | Capabilities.QUERY_ATTRIBUTES;

    private Negotiation() {}

    /**
     * The flags of the server's side. The client's offer may hold flags that the server lacks, so that clients find a greeting
     * they know.
     */
    public static Capabilities negotiated(ProtocolConfig config, Leg clientLeg, Leg server) {
        Capabilities client = clientLeg.capabilities().without(Capabilities.SSL | Capabilities.COMPRESS);
        Capabilities offered = server.greeting().capabilities();
        // Always: what a session becomes is worth knowing, whether the client asks for it or not (W-30).
        Capabilities wanted = config.policy().sessionTrack() ? client.with(Capabilities.SESSION_TRACK) : client;
        Capabilities own = wanted.and(offered);
        if (client.has(Capabilities.LONG_PASSWORD)) {
            own = own.with(Capabilities.LONG_PASSWORD);
        }
        if (config.wrapping().compressBackends() && offered.has(Capabilities.COMPRESS)) {
            own = own.with(Capabilities.COMPRESS);
        }
        return wantsTls(config, server) && offered.has(Capabilities.SSL) ? own.with(Capabilities.SSL) : own;
    }

    /**
     * Whether the client can be served over a connection that was made with other flags: those that only change the layout of
     * packets are translated between the legs.
     */
    public static boolean understands(ProtocolConfig config, Leg client, Leg server) {
        return negotiated(config, client, server)
                .without(TRANSLATED)
                .equals(server.capabilities().without(TRANSLATED));
    }

    /** Whether a server is to be asked for TLS. Asking it of a unix socket would hide from nobody what is said. */
    public static boolean wantsTls(ProtocolConfig config, Leg server) {
        TlsMode mode = config.backendTls().mode();
        boolean unix = server.peer().secure() && !server.peer().tls();
        return unix ? mode.asks(TlsMode.VERIFY_CA) : mode != TlsMode.DISABLED;
    }

    /**
     * Whether the client's first answer must not pass: it answers another challenge than the server's newest, which the client has
     * not seen if it was greeted for another connection or after another client's switch (W-46); or it is the password, in a form
     * that only its own leg asked for.
     */
    public static boolean mustNotPass(Leg client, Leg server, String plugin) {
        return !client.challenge().equals(server.challenge())
                || Mediation.isPassword(plugin)
                        && client.peer().tls() != server.capabilities().has(Capabilities.SSL);
    }
}
