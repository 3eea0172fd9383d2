package io.mysqlproxy.core.login;

import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.config.Wrapping;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.wire.Capabilities;

/** With what flags the proxy logs in to a server on a client's behalf. */
public final class Negotiation {
    /** No account has this plugin: named in a login, it makes the server ask for the account's own with a new challenge. */
    public static final String NO_PLUGIN = "proxy_asks_for_a_switch";

    private static final long TRANSLATED =
            Capabilities.DEPRECATE_EOF | Capabilities.SESSION_TRACK | Capabilities.QUERY_ATTRIBUTES;

    /** What matters to the login alone, or to nothing. */
    private static final long LOGIN_ONLY = Capabilities.CONNECT_WITH_DB
            | Capabilities.CONNECT_ATTRS
            | Capabilities.PLUGIN_AUTH_LENENC
            | Capabilities.IGNORE_SIGPIPE
            | Capabilities.LONG_PASSWORD;

    /** What adds to what a client may send and changes nothing else: who does not use it misses nothing. */
    private static final long ADDED = Capabilities.MARIADB_STMT_BULK;

    private Negotiation() {}

    /**
     * The flags of the server's side. The client's offer may hold flags that the server lacks, so that clients find a greeting
     * they know.
     *
     * @param scripted whether a script may have query attributes to send, whatever its client can (protocol.md 5)
     */
    public static Capabilities negotiated(ProtocolConfig config, Leg clientLeg, Leg server, boolean scripted) {
        Capabilities client = clientLeg.capabilities().without(Capabilities.SSL | Compression.Method.flags());
        Capabilities offered = server.greeting().capabilities();
        // Always: what a session becomes is worth knowing, whether the client asks for it or not (W-30).
        Policy policy = config.policy();
        Capabilities wanted = policy.sessionTrack() ? client.with(Capabilities.SESSION_TRACK) : client;
        if (scripted && policy.queryAttributes()) {
            wanted = wanted.with(Capabilities.QUERY_ATTRIBUTES);
        }
        Capabilities own = wanted.and(offered);
        if (client.has(Capabilities.LONG_PASSWORD)) {
            own = own.with(Capabilities.LONG_PASSWORD);
        }
        Wrapping wrapping = config.wrapping();
        if (wrapping.compressBackends()) {
            own = own.with(wrapping.compression().preferred(offered));
        }
        return wantsTls(config, server) && offered.has(Capabilities.SSL) ? own.with(Capabilities.SSL) : own;
    }

    /**
     * Whether the client can be served over a connection that was made with other flags: those that only change the layout of
     * packets are translated between the legs, and those of the login alone have done their duty.
     */
    public static boolean understands(ProtocolConfig config, Leg client, Leg server) {
        long without = TRANSLATED | LOGIN_ONLY | ADDED;
        return server.capabilities().has(client.capabilities().bits() & ADDED)
                && negotiated(config, client, server, false)
                        .without(without)
                        .equals(server.capabilities().without(without));
    }

    /**
     * Whether a server is to be asked for TLS. On a unix socket it would hide from nobody what is said, so there it takes more than
     * a preference, as with MySQL's clients; but accounts can insist on it there, too.
     */
    public static boolean wantsTls(ProtocolConfig config, Leg server) {
        TlsMode mode = config.backendTls().mode();
        boolean unix = server.peer().secure() && !server.peer().tls();
        return unix ? mode.asks(TlsMode.REQUIRED) : mode != TlsMode.DISABLED;
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
