package io.mysqlproxy.core;

import io.mysqlproxy.core.admin.Control;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.server.AdminConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.PluginConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.core.net.Listener;
import io.mysqlproxy.core.net.Transport;
import io.mysqlproxy.core.plugin.AdminPlugin;
import io.mysqlproxy.core.plugin.ProxyPlugin;
import io.mysqlproxy.core.plugin.Realms;
import io.mysqlproxy.core.query.QueryStats;
import io.mysqlproxy.core.script.PluginScript;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.ScriptEngine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops listeners and event loops. */
public final class ProxyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
    private static final long STOP_SECONDS = 5;
    private static final long LOOK_MILLIS = 10;

    private final ServerConfig config;
    private final Transport transport = Transport.best();
    private final Realms realms;
    private final QueryStats statements;
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final List<ProxyPlugin> plugins = new ArrayList<>();
    private final List<PluginScript> scripts = new ArrayList<>();
    private final IntConsumer exit;
    private EventLoopGroup loops;

    /**
     * @param config what to serve
     * @param engines finds a script engine by name; asked only for engines that a listener names
     * @param exit is told, with an exit status, that a script or an administrator wants the process to end; must return at once. Any thread
     */
    public ProxyServer(ServerConfig config, Function<String, ScriptEngine> engines, IntConsumer exit) {
        this.config = config;
        this.exit = exit;
        this.realms = new Realms(config, engines, exit);
        this.statements = config.queryStats() == 0 ? QueryStats.OFF : new QueryStats(config.queryStats());
    }

    /**
     * Binds every listener, loads the scripts that are loaded at start-up, and serves.
     *
     * @throws ConfigException if an address cannot be bound or resolved or a script does not load; nothing is left running
     */
    public void start() {
        loops = new MultiThreadIoEventLoopGroup(config.eventThreads(), transport.ioHandlers());
        try {
            config.listeners().forEach(this::start);
            config.listeners().stream()
                    .filter(AdminConfig.class::isInstance)
                    .forEach(admin -> serve((AdminConfig) admin));
            if (config.eventThreads() > 1) {
                LOG.info("starting {} threads", config.eventThreads() - 1);
            }
        } catch (RuntimeException
                | Error e) { // an engine that does not load is an Error: bound ports must not stay behind
            close();
            throw e;
        }
    }

    private void start(PluginConfig listening) {
        try {
            Listener listener = new Listener(transport, loops, listening.timeouts());
            listeners.put(listening.plugin(), listener);
            listener.bind(listening.address());
            LOG.info("{} listening on port {}", title(listening), shown(listening, listener));
            if (listening instanceof ListenerConfig proxying) {
                ProxyPlugin plugin = new ProxyPlugin(proxying, transport, realms, statements);
                plugins.add(plugin);
                plugin.script().ifPresent(scripts::add);
                listener.serve(plugin.plugin());
            }
        } catch (ConfigException e) {
            throw e.of(listening.plugin());
        }
    }

    /** Last, whatever the order of ports: administrators see the backends of every plugin. */
    private void serve(AdminConfig admin) {
        try {
            AdminPlugin plugin = new AdminPlugin(admin, new Running(admin.options()), realms);
            plugin.script().ifPresent(scripts::add);
            listeners.get(admin.plugin()).serve(plugin.plugin());
        } catch (ConfigException e) {
            throw e.of(admin.plugin());
        }
    }

    private static String title(PluginConfig listening) {
        return listening instanceof AdminConfig ? "admin-server" : listening.plugin();
    }

    /** As the user wrote it, but for a port that was for the system to choose. */
    private static String shown(PluginConfig listening, Listener listener) {
        String text = listening.address().text();
        return text.endsWith(":0") && listener.address() instanceof InetSocketAddress chosen
                ? text.substring(0, text.length() - 1) + chosen.getPort()
                : text;
    }

    /** Where a plugin listens: the real port, also if 0 was asked for. */
    public SocketAddress address(String plugin) {
        return listeners.get(plugin).address();
    }

    /** How many clients a plugin serves at the moment. */
    public int clients(String plugin) {
        return listeners.get(plugin).clients();
    }

    /**
     * Reads the scripts again that are loaded at start-up, and certificates; those that fail stay as they are, and the log says
     * why.
     */
    public void reload() {
        listeners.forEach(ProxyServer::reloadTls);
        for (PluginScript script : scripts) {
            try {
                script.reload();
            } catch (ConfigException e) {
                LOG.error("{}; the version that was loaded before stays", e.getMessage());
            }
        }
    }

    private static void reloadTls(String plugin, Listener listener) {
        try {
            if (listener.reloadTls()) {
                LOG.info("{}: certificates were read again; connections use them from now on", plugin);
            }
        } catch (ConfigException e) {
            LOG.error("{}: {}; the certificates that were read before stay", plugin, e.getMessage());
        }
    }

    /**
     * Stops listening, ends sessions between commands, and waits for those in the middle of one.
     *
     * @return whether all of them have ended in time
     */
    public boolean drain(Duration longest) throws InterruptedException {
        listeners.values().forEach(Listener::drain);
        long start = System.nanoTime();
        while (listeners.values().stream().anyMatch(l -> l.clients() > 0)) {
            if (System.nanoTime() - start > longest.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /** Stops listening, closes all connections, runs {@code disconnect_client} for each, stops the event loops. Repeating it does no harm. */
    @Override
    public void close() {
        if (loops != null) {
            listeners.values().forEach(Listener::close);
            plugins.forEach(ProxyPlugin::close);
            // The quiet period lets the sessions that are ending run their last hooks.
            loops.shutdownGracefully(100, TimeUnit.SECONDS.toMillis(STOP_SECONDS), TimeUnit.MILLISECONDS)
                    .syncUninterruptibly();
            loops = null;
        }
        realms.close();
    }

    /** What administrators see of this. */
    private final class Running implements Control {
        private final Map<String, String> options;

        Running(Map<String, String> options) {
            this.options = options;
        }

        @Override
        public List<Plugin> plugins() {
            return plugins.stream().map(ProxyPlugin::plugin).toList();
        }

        @Override
        public List<PluginScript> scripts() {
            return scripts;
        }

        @Override
        public List<Session> sessions() {
            return listeners.values().stream()
                    .map(Listener::sessions)
                    .flatMap(Collection::stream)
                    .toList();
        }

        @Override
        public QueryStats statements() {
            return statements;
        }

        @Override
        public Map<String, String> options() {
            return options;
        }

        @Override
        public void shutdown() {
            LOG.info("Initiating shutdown, requested from the admin port");
            exit.accept(0);
        }
    }
}
