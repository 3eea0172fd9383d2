package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.kill.Kills;
import io.mysqlproxy.core.limit.Crowd;
import io.mysqlproxy.core.login.AdminGate;
import io.mysqlproxy.core.query.Budget;
import io.mysqlproxy.core.query.Clock;
import io.mysqlproxy.core.query.QueryStats;
import io.mysqlproxy.core.tls.PasswordKey;
import java.util.function.Function;

/**
 * What the sessions of one listener have in common. "proxy" with Lua and "pyproxy" with Python are two values of it.
 *
 * @param name the plugin's name, for logs
 * @param backends where its clients can be sent
 * @param trustsPool whether a client that is provably the same may take over an idle connection without asking the server
 * @param clock times what scripts inject
 * @param maxBufferedResult how many bytes of one result may be held for a script
 * @param hooks the hooks of a new session; {@link Hooks#NONE} without a script
 * @param statements counts and times what clients ask
 * @param gate who may log in to an admin listener; null for a proxy, where servers decide that
 * @param protocol how it speaks with clients and backends
 * @param passwordKey what clients encrypt passwords for that a server has to hear in clear
 * @param budget what its sessions may hold for their scripts
 * @param roster who its clients are
 * @param kills ends what runs on its servers
 * @param crowd of whom there may be only so many
 */
public record Plugin(
        String name,
        Backends backends,
        boolean trustsPool,
        Clock clock,
        long maxBufferedResult,
        Function<Session, Hooks> hooks,
        QueryStats statements,
        AdminGate gate,
        ProtocolConfig protocol,
        PasswordKey passwordKey,
        Budget budget,
        Roster roster,
        Kills kills,
        Crowd crowd) {
    /** With what the configuration asks for. */
    public Plugin(
            String name,
            Backends backends,
            boolean trustsPool,
            Clock clock,
            long maxBufferedResult,
            Function<Session, Hooks> hooks,
            QueryStats statements,
            AdminGate gate,
            ProtocolConfig protocol) {
        this(
                name,
                backends,
                trustsPool,
                clock,
                maxBufferedResult,
                hooks,
                statements,
                gate,
                protocol,
                PasswordKey.of(protocol.passwordKey()),
                new Budget(protocol.limits().sessionBytes(), protocol.limits().totalBytes()),
                new Roster(backends.size() > 1),
                new Kills(protocol),
                new Crowd(protocol.limits().allowance()));
    }

    /** A proxy that counts no statements, and adds nothing of its own to what clients and servers say. */
    public Plugin(
            String name,
            Backends backends,
            boolean trustsPool,
            Clock clock,
            long maxBufferedResult,
            Function<Session, Hooks> hooks) {
        this(name, backends, trustsPool, clock, maxBufferedResult, hooks, QueryStats.OFF, null, ProtocolConfig.BARE);
    }

    /** A listener that serves its clients itself, without any backend and in clear. */
    public static Plugin without(String name, Backends none, Function<Session, Hooks> hooks, AdminGate gate) {
        return new Plugin(name, none, false, Clock.OFF, 0, hooks, QueryStats.OFF, gate, ProtocolConfig.BARE);
    }
}
