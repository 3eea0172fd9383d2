package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.query.Budget;
import io.mysqlproxy.core.query.Clock;
import io.mysqlproxy.core.tls.PasswordKey;
import java.util.function.Function;

/**
 * What the sessions of one listener have in common. "proxy" with Lua and "pyproxy" with Python are two values of it.
 *
 * @param name the plugin's name, for logs
 * @param backends where its clients can be sent
 * @param trustsPool whether a client that is provably the same may take over an idle connection without asking the server
 * @param clock times what scripts inject
 * @param hooks the hooks of a new session; {@link Hooks#NONE} without a script
 * @param protocol how it speaks with clients and backends
 * @param passwordKey what clients encrypt passwords for that a server has to hear in clear
 * @param budget what its sessions may hold for their scripts
 */
public record Plugin(
        String name,
        Backends backends,
        boolean trustsPool,
        Clock clock,
        Function<Session, Hooks> hooks,
        ProtocolConfig protocol,
        PasswordKey passwordKey,
        Budget budget) {
    /** With what the configuration asks for. */
    public Plugin(
            String name,
            Backends backends,
            boolean trustsPool,
            Clock clock,
            Function<Session, Hooks> hooks,
            ProtocolConfig protocol) {
        this(
                name,
                backends,
                trustsPool,
                clock,
                hooks,
                protocol,
                PasswordKey.of(protocol.passwordKey()),
                new Budget(protocol.limits().sessionBytes(), protocol.limits().totalBytes()));
    }

    /** One that adds nothing of its own to what clients and servers say. */
    public Plugin(String name, Backends backends, boolean trustsPool, Clock clock, Function<Session, Hooks> hooks) {
        this(name, backends, trustsPool, clock, hooks, ProtocolConfig.BARE);
    }
}
