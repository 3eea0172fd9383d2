package io.mysqlproxy.launcher;

import io.mysqlproxy.core.ProxyServer;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.server.AdminAccount;
import io.mysqlproxy.core.config.server.AdminConfig;
import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.PluginConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.core.plugin.ScriptCheck;
import io.mysqlproxy.launcher.option.AdminOptions;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.PluginOptions;
import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Setting;
import io.mysqlproxy.launcher.option.Settings;
import io.mysqlproxy.script.ScriptEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the modules together: options become the core's configuration, script engines are found on the class path. */
public final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    /** No timeout is longer; keeps sums of times within a long. */
    static final double LONGEST_SECONDS = 1e9;

    private static final String LUA = "lua";
    private static final Duration ADMIN_SCRIPT_WARN = Duration.ofMillis(100);

    private final CommandLine line;
    private final Settings settings;

    Wiring(CommandLine line) {
        this.line = line;
        this.settings = line.settings();
    }

    /** A server whose scripts cannot end the process. */
    public static ProxyServer server(ServerConfig config) {
        return server(config, status -> {});
    }

    /**
     * A server that finds its script engines on the class path.
     *
     * @param exit is told, with an exit status, that a script wants the process to end
     */
    public static ProxyServer server(ServerConfig config, IntConsumer exit) {
        return new ProxyServer(config, Wiring::engine, exit);
    }

    /** What loads scripts without serving. */
    ScriptCheck check() {
        return new ScriptCheck(serverConfig(List.of()), Wiring::engine);
    }

    private static ScriptEngine engine(String name) {
        return ServiceLoader.load(ScriptEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException("there is no script engine for " + name));
    }

    /**
     * What the options ask for.
     *
     * @throws PluginRefusal if the options of a plugin do not make a configuration
     */
    ServerConfig config() {
        List<PluginConfig> listeners = new ArrayList<>();
        for (PluginOptions options : line.plugins()) {
            try {
                plugin(options).ifPresent(listeners::add);
            } catch (ConfigException e) {
                throw new PluginRefusal(options.plugin(), e);
            }
        }
        return serverConfig(listeners);
    }

    private ServerConfig serverConfig(List<PluginConfig> listeners) {
        return new ServerConfig(
                line.basedir(),
                settings.get(ChassisOptions.EVENT_THREADS),
                listeners,
                engineProperties(),
                settings.get(ChassisOptions.QUERY_STATS));
    }

    /** What the options say to the script engines, by the names that these know. */
    private Map<String, String> engineProperties() {
        LuaPaths lua = LuaPaths.of(settings, line.basedir(), System.getenv());
        return Map.of(
                "lua.path", lua.path(),
                "lua.cpath", lua.cpath(),
                "lua.timeout-ms", scriptMillis(ProxyOptions.LUA.scriptTimeout),
                "python.timeout-ms", scriptMillis(ProxyOptions.PYTHON.scriptTimeout));
    }

    /** Also here a negative time means the default, which is none; the shortest is a millisecond. */
    private String scriptMillis(Setting<Double> setting) {
        long milliseconds = (long) Math.ceil(Math.max(0, settings.get(setting)) * 1000);
        return Long.toString(Math.min(milliseconds, Integer.MAX_VALUE));
    }

    private Optional<PluginConfig> plugin(PluginOptions options) {
        if (options instanceof ProxyOptions proxy) {
            return settings.get(proxy.disabled) ? Optional.empty() : Optional.of(listener(proxy));
        }
        return Optional.of(admin((AdminOptions) options));
    }

    private ListenerConfig listener(ProxyOptions options) {
        return new ListenerConfig(
                options.plugin(),
                Address.parse(settings.get(options.address)),
                backends(options),
                script(options),
                timeouts(options),
                !settings.get(options.skipProfiling),
                settings.get(options.poolNoChangeUser),
                settings.get(options.maxBufferedResult),
                new ProtocolWiring(line, options.protocol).config());
    }

    private AdminConfig admin(AdminOptions options) {
        AdminAccount account = new AdminAccount(
                settings.find(options.username).orElse(null),
                settings.find(options.password).orElse(null));
        return new AdminConfig(
                Address.parse(settings.get(options.address)),
                account,
                scriptFile(options.script)
                        .map(file -> new ScriptConfig(
                                options.plugin(),
                                LUA,
                                file,
                                settings.find(options.scope),
                                Optional.empty(),
                                ADMIN_SCRIPT_WARN)),
                line.shownOptions());
    }

    private List<BackendConfig> backends(ProxyOptions options) {
        List<BackendConfig> backends = new ArrayList<>();
        settings.get(options.backends).forEach(text -> backends.add(new BackendConfig(Address.parse(text), false)));
        settings.find(options.readOnlyBackends)
                .orElse(List.of())
                .forEach(text -> backends.add(new BackendConfig(Address.parse(text), true)));
        return backends;
    }

    private Optional<ScriptConfig> script(ProxyOptions options) {
        Optional<Path> script = scriptFile(options.script);
        if (script.isEmpty()) {
            options.withoutScript().ifPresent(LOG::info);
        }
        return script.map(file -> new ScriptConfig(
                options.plugin(),
                options.engine(),
                file,
                settings.find(options.scope),
                settings.find(options.onScriptError),
                Duration.ofMillis(settings.get(options.scriptWarnMillis))));
    }

    /** An empty name stays one: it names no file, least of all the basedir. */
    private Optional<Path> scriptFile(Setting<Path> option) {
        return settings.find(option).filter(file -> file.toString().isEmpty()).or(() -> line.file(option));
    }

    private Timeouts timeouts(ProxyOptions options) {
        return new Timeouts(
                duration(options.connectTimeout),
                duration(options.readTimeout),
                duration(options.writeTimeout),
                duration(options.protocol.handshakeTimeout));
    }

    /** A negative time means the default. */
    private Duration duration(Setting<Double> setting) {
        double given = settings.get(setting);
        double seconds = Math.min(given < 0 ? setting.fallback() : given, LONGEST_SECONDS);
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
