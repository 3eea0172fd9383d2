package io.mysqlproxy.core;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.ListenerConfig;
import io.mysqlproxy.core.config.ServerConfig;
import io.mysqlproxy.core.net.Listener;
import io.mysqlproxy.core.net.Transport;
import io.mysqlproxy.core.plugin.ProxyPlugin;
import io.mysqlproxy.core.plugin.Realms;
import io.mysqlproxy.script.ScriptEngine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
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

    private final ServerConfig config;
    private final Transport transport = Transport.best();
    private final Realms realms;
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final List<ProxyPlugin> plugins = new ArrayList<>();
    private EventLoopGroup loops;

    /**
     * @param config what to serve
     * @param engines finds a script engine by name; asked only for engines that a listener names
     * @param exit is told, with an exit status, that a script wants the process to end; must return at once. Any thread
     */
    public ProxyServer(ServerConfig config, Function<String, ScriptEngine> engines, IntConsumer exit) {
        this.config = config;
        this.realms = new Realms(config, engines, exit);
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
            if (config.eventThreads() > 1) {
                LOG.info("starting {} threads", config.eventThreads() - 1);
            }
        } catch (RuntimeException
                | Error e) { // an engine that does not load is an Error: bound ports must not stay behind
            close();
            throw e;
        }
    }

    private void start(ListenerConfig listening) {
        try {
            Listener listener = new Listener(transport, loops, listening.timeouts());
            listeners.put(listening.plugin(), listener);
            listener.bind(listening.address());
            LOG.info("{} listening on port {}", listening.plugin(), shown(listening, listener));
            ProxyPlugin plugin = new ProxyPlugin(listening, transport, realms);
            plugins.add(plugin);
            listener.serve(plugin.plugin());
        } catch (ConfigException e) {
            throw e.of(listening.plugin());
        }
    }

    /** As the user wrote it, but for a port that was for the system to choose. */
    private static String shown(ListenerConfig listening, Listener listener) {
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
}
