package io.mysqlproxy.launcher.speed;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.core.net.Transport;
import io.mysqlproxy.core.plugin.ProxyPlugin;
import io.mysqlproxy.core.plugin.Realms;
import io.mysqlproxy.core.query.QueryStats;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** A proxy plugin as it is when it serves, with a script or without, but for its sockets. */
final class Proxying implements AutoCloseable {
    private static final String BACKEND = "127.0.0.1:3306";

    private final Realms realms;
    private final ProxyPlugin plugin;
    private final Path file;

    private Proxying(Optional<ScriptConfig> script) {
        Path base = TestProxy.repository();
        String name = script.map(ScriptConfig::plugin).orElse("proxy");
        ListenerConfig listener = new ListenerConfig(
                name,
                Address.parse("127.0.0.1:0"),
                List.of(new BackendConfig(Address.parse(BACKEND), false)),
                script,
                Timeouts.DEFAULT,
                true,
                false,
                ListenerConfig.DEFAULT_MAX_BUFFERED_RESULT,
                ProtocolConfig.BARE);
        ServerConfig server =
                new ServerConfig(base, 1, List.of(listener), Map.of("lua.path", base + "/lib/mysql-proxy/lua/?.lua"));
        realms = new Realms(server, Proxying::engine, status -> {});
        plugin = new ProxyPlugin(listener, Transport.best(), realms, QueryStats.OFF);
        file = script.map(ScriptConfig::file).orElse(null);
    }

    /** Forwards. */
    static Proxying plain() {
        return new Proxying(Optional.empty());
    }

    /**
     * Runs a script.
     *
     * @param engine {@code lua} or {@code python}
     */
    static Proxying scripted(String engine, ScriptScope scope, String text) {
        try {
            Path file = Files.createTempFile("speed", engine.equals("lua") ? ".lua" : ".py");
            Files.writeString(file, text);
            return new Proxying(Optional.of(
                    new ScriptConfig(engine, file, Optional.of(scope), Optional.empty(), Duration.ofMinutes(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScriptEngine engine(String name) {
        return ServiceLoader.load(ScriptEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What its sessions have in common. */
    Plugin plugin() {
        return plugin.plugin();
    }

    @Override
    public void close() {
        plugin.close();
        realms.close();
        try {
            if (file != null) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
