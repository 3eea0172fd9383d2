package io.mysqlproxy.core.plugin;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.core.script.model.ProxyModel;
import io.mysqlproxy.core.script.module.NativeModules;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptRealm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The interpreters of a process: one for each language, opened when the first script of that language is configured. */
public final class Realms implements AutoCloseable {
    private final ServerConfig config;
    private final Function<String, ScriptEngine> engines;
    private final IntConsumer exit;
    private final Map<String, ScriptEngine> found = new LinkedHashMap<>();
    private final Map<String, ScriptRealm> open = new LinkedHashMap<>();

    /**
     * @param engines finds an engine by name; null if there is none
     * @param exit is told that a script wants the process to end
     */
    public Realms(ServerConfig config, Function<String, ScriptEngine> engines, IntConsumer exit) {
        this.exit = exit;
        this.config = config;
        this.engines = engines;
    }

    /**
     * The engine of a language.
     *
     * @throws ConfigException if there is none of that name
     */
    ScriptEngine engine(String name) {
        ScriptEngine engine = found.computeIfAbsent(name, engines);
        if (engine == null) {
            throw new ConfigException("no script engine is called '" + name + "'");
        }
        return engine;
    }

    /** The one interpreter of a language; {@code backends} and {@code options} are what its scripts see outside any connection. */
    ScriptRealm realm(ScriptEngine engine, Backends backends, ListenerConfig options) {
        return open.computeIfAbsent(
                engine.name(),
                n -> engine.open(new RealmSettings(
                        config.basedir(),
                        ProxyModel.outside(backends, options),
                        NativeModules.of(engine.name(), () -> exit.accept(0)),
                        config.engineProperties())));
    }

    /** The same for a script without a listener of its own: what it sees of options are defaults. */
    ScriptRealm realm(ScriptEngine engine, Backends backends, ScriptConfig script) {
        ListenerConfig nowhere = new ListenerConfig(
                script.plugin(),
                Address.parse("127.0.0.1:0"),
                List.of(),
                Optional.of(script),
                Timeouts.DEFAULT,
                true,
                false,
                ListenerConfig.DEFAULT_MAX_BUFFERED_RESULT);
        return realm(engine, backends, nowhere);
    }

    /** Is told that a script wants the process to end. */
    IntConsumer exit() {
        return exit;
    }

    @Override
    public void close() {
        open.values().forEach(ScriptRealm::close);
        open.clear();
    }
}
