package io.mysqlproxy.core.session;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.query.Clock;
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
 */
public record Plugin(
        String name,
        Backends backends,
        boolean trustsPool,
        Clock clock,
        long maxBufferedResult,
        Function<Session, Hooks> hooks) {}
