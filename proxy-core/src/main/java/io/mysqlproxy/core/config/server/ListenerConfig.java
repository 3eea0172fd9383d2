package io.mysqlproxy.core.config.server;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.Timeouts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One bound address, its backends and its script: what a proxy plugin is configured with.
 *
 * @param plugin the plugin's name, {@code proxy} or {@code pyproxy}
 * @param address where clients connect
 * @param backends read/write ones first, then read-only ones; the order is the order of indices in scripts
 * @param script the script, if any
 * @param timeouts how long to wait
 * @param profiling whether injections are timed (J-16)
 * @param trustsPool whether a client that is provably the same may take over an idle connection without COM_CHANGE_USER
 * @param maxBufferedResult how many bytes of one result may be held for a script
 * @param protocol how it speaks with clients and backends
 */
public record ListenerConfig(
        String plugin,
        Address address,
        List<BackendConfig> backends,
        Optional<ScriptConfig> script,
        Timeouts timeouts,
        boolean profiling,
        boolean trustsPool,
        long maxBufferedResult,
        ProtocolConfig protocol)
        implements PluginConfig {
    /** 256 MiB. */
    public static final int DEFAULT_MAX_BUFFERED_RESULT = 1 << 28;

    public ListenerConfig {
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(protocol, "protocol");
        backends = List.copyOf(backends);
        if (maxBufferedResult < 1) {
            throw new ConfigException("max-buffered-result has to be > 0, is " + maxBufferedResult);
        }
    }

    /** With {@link ProtocolConfig#DEFAULT}. */
    public ListenerConfig(
            String plugin,
            Address address,
            List<BackendConfig> backends,
            Optional<ScriptConfig> script,
            Timeouts timeouts,
            boolean profiling,
            boolean trustsPool,
            long maxBufferedResult) {
        this(
                plugin,
                address,
                backends,
                script,
                timeouts,
                profiling,
                trustsPool,
                maxBufferedResult,
                ProtocolConfig.DEFAULT);
    }
}
