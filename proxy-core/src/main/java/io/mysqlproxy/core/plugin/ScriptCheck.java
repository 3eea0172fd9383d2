package io.mysqlproxy.core.plugin;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.core.script.PluginScript;
import io.mysqlproxy.core.script.ScriptReport;
import io.mysqlproxy.script.ScriptEngine;
import java.util.List;
import java.util.function.Function;

/** Loads scripts without serving (J-30). */
public final class ScriptCheck implements AutoCloseable {
    private static final Backends NONE = new Backends(List.of(), () -> 0);

    private final Realms realms;

    /**
     * @param config its listeners do not matter
     * @param engines finds a script engine by name
     */
    public ScriptCheck(ServerConfig config, Function<String, ScriptEngine> engines) {
        realms = new Realms(config, engines, status -> {});
    }

    /**
     * Loads one script.
     *
     * @throws ConfigException if it does not compile or its body raises
     */
    public ScriptReport check(ScriptConfig script) {
        ScriptEngine engine = realms.engine(script.engine());
        return new PluginScript(script, engine, realms.realm(engine, NONE, script), NONE, realms.exit()).check();
    }

    @Override
    public void close() {
        realms.close();
    }
}
