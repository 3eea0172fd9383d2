package io.mysqlproxy.core.config.server;

import io.mysqlproxy.core.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything a {@link io.mysqlproxy.core.ProxyServer} needs to start.
 *
 * @param basedir the installation's root, absolute
 * @param eventThreads network threads, 1 or more
 * @param listeners what to listen on, in the order of the plugins
 * @param engineProperties settings handed to the script engines, {@code lua.path} for example
 * @param queryStats one in how many statements is counted and timed by its text; 0: none
 */
public record ServerConfig(
        Path basedir,
        int eventThreads,
        List<? extends PluginConfig> listeners,
        Map<String, String> engineProperties,
        int queryStats) {
    public ServerConfig {
        if (!basedir.isAbsolute()) {
            throw new ConfigException("--basedir option must be an absolute path, but was " + basedir);
        }
        if (eventThreads < 1) {
            throw new ConfigException("--event-threads has to be >= 1, is " + eventThreads);
        }
        listeners = List.copyOf(listeners);
        engineProperties = Map.copyOf(engineProperties);
    }

    /** Counts no statements. */
    public ServerConfig(
            Path basedir,
            int eventThreads,
            List<? extends PluginConfig> listeners,
            Map<String, String> engineProperties) {
        this(basedir, eventThreads, listeners, engineProperties, 0);
    }
}
