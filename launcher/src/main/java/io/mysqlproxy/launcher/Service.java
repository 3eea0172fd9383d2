package io.mysqlproxy.launcher;

import io.mysqlproxy.core.ProxyServer;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.PluginOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy as a process: from its start lines to the signal that ends it. */
final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final CommandLine line;
    private final Shutdown shutdown;

    Service(CommandLine line, Shutdown shutdown) {
        this.line = line;
        this.shutdown = shutdown;
    }

    /**
     * Serves until a signal, or a script, asks for the end.
     *
     * @return the exit code
     * @throws PluginRefusal if a plugin cannot serve
     * @throws ConfigException if there can be no pid file
     */
    int run() {
        for (PluginOptions plugin : line.plugins()) {
            // critical, so that it shows whatever the level
            LOG.error("plugin {} {} started", plugin.plugin(), Version.number());
        }
        ServerConfig config = new Wiring(line).config();
        ProxyServer server = Wiring.server(config, shutdown::wish);
        start(server);
        try (server) {
            shutdown.onHangUp(server::reload);
            line.file(ChassisOptions.PID_FILE).ifPresent(PidFile::write);
            int exitCode = shutdown.await();
            shutdown.end(server, line.shutdownTimeout());
            return exitCode;
        }
    }

    private static void start(ProxyServer server) {
        try {
            server.start();
        } catch (ConfigException e) {
            throw e.plugin() == null ? e : new PluginRefusal(e.plugin(), e);
        }
    }
}
