package io.mysqlproxy.core.plugin;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.BackendType;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.compress.ZstdLibrary;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.net.Transport;
import io.mysqlproxy.core.query.Clock;
import io.mysqlproxy.core.query.QueryStats;
import io.mysqlproxy.core.script.PluginScript;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.ScriptEngine;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy between clients and backends. "proxy" with Lua and "pyproxy" with Python are two values of it. */
public final class ProxyPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyPlugin.class);
    private static final LongSupplier SECONDS = () -> TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());

    private final Plugin plugin;
    private final Optional<PluginScript> script;

    /**
     * Resolves the backends and loads the script, if it is one that is loaded at start-up.
     *
     * @throws ConfigException if one of these fails
     */
    public ProxyPlugin(ListenerConfig config, Transport transport, Realms realms, QueryStats statements) {
        Set<SocketAddress> known = new HashSet<>();
        List<Backend> list = config.backends().stream()
                .map(b -> backend(b, transport, known))
                .toList();
        Backends backends = new Backends(list, SECONDS);
        script = config.script().map(s -> script(s, config, backends, realms));
        Function<Session, Hooks> hooks =
                script.<Function<Session, Hooks>>map(s -> s::open).orElse(s -> Hooks.NONE);
        plugin = new Plugin(
                config.plugin(),
                backends,
                config.trustsPool(),
                config.profiling() ? Clock.SYSTEM : Clock.OFF,
                config.maxBufferedResult(),
                hooks,
                statements,
                null,
                config.protocol().with(ZstdLibrary.orZlib(config.protocol().wrapping())));
        warn(config.plugin(), config.protocol());
    }

    /** Where an option needs another one to do what it promises. */
    private static void warn(String plugin, ProtocolConfig protocol) {
        Policy policy = protocol.policy();
        boolean limited = !protocol.limits().allowance().query().isZero();
        String account = "--" + plugin + "-kill-user";
        if (policy.killAccount().isPresent()) {
            if (!policy.killOnDisconnect() && !limited) {
                LOG.warn(
                        "{} is of no use without --{}-kill-on-disconnect or --{}-query-timeout",
                        account,
                        plugin,
                        plugin);
            }
            return;
        }
        if (policy.killOnDisconnect()) {
            LOG.warn(
                    "--{}-kill-on-disconnect without {}: statements of clients that are gone are ended over idle connections"
                            + " of the same user, which only a script that keeps connections in the pool leaves; all others"
                            + " run on",
                    plugin,
                    account);
        }
        if (limited) {
            LOG.warn(
                    "--{}-query-timeout without {}: where there is no idle connection of the same user, the client's"
                            + " connection ends with its statement, which may run on",
                    plugin,
                    account);
        }
    }

    /** What its sessions have in common. */
    public Plugin plugin() {
        return plugin;
    }

    /** Its script, if it has one. */
    public Optional<PluginScript> script() {
        return script;
    }

    /** Closes the idle connections. */
    public void close() {
        plugin.backends().list().forEach(b -> b.pool().close());
    }

    private static Backend backend(BackendConfig config, Transport transport, Set<SocketAddress> known) {
        SocketAddress address = transport.resolve(config.address());
        if (!known.add(address)) {
            throw new ConfigException("backend " + config.address().text() + " is already known!");
        }
        LOG.info(
                "added {} backend: {}",
                config.readOnly() ? "read-only" : "read/write",
                config.address().text());
        return new Backend(config.address(), address, config.readOnly() ? BackendType.RO : BackendType.RW, SECONDS);
    }

    private static PluginScript script(ScriptConfig config, ListenerConfig listener, Backends backends, Realms realms) {
        ScriptEngine engine = realms.engine(config.engine());
        PluginScript script =
                new PluginScript(config, engine, realms.realm(engine, backends, listener), backends, realms.exit());
        script.load();
        return script;
    }
}
