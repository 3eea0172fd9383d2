package io.mysqlproxy.core.script;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.ScriptConfig;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptScope;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The script of one plugin: makes the {@link Hooks} of its sessions. */
public final class PluginScript {
    private static final Logger LOG = LoggerFactory.getLogger(PluginScript.class);

    private final ScriptConfig config;
    private final ScriptEngine engine;
    private final ScriptRealm realm;
    private final Backends backends;
    private final IntConsumer exit;
    private final ScriptLibrary library;
    private ScriptInstance global;

    /** Nothing is read yet. */
    public PluginScript(
            ScriptConfig config, ScriptEngine engine, ScriptRealm realm, Backends backends, IntConsumer exit) {
        this.exit = exit;
        this.config = config;
        this.engine = engine;
        this.realm = realm;
        this.backends = backends;
        this.library = new ScriptLibrary(config, realm, engine.dialect(), engine.scope());
    }

    /**
     * Loads what has to be loaded before the first client: a script of a language whose usual scope is global (J-01, J-32).
     *
     * @throws ConfigException if it does not compile or its body raises
     */
    public void load() {
        if (engine.scope() != ScriptScope.GLOBAL) {
            return;
        }
        try {
            ScriptLibrary.Version version = library.fresh();
            if (version.scope() == ScriptScope.GLOBAL) {
                global = run(version);
            }
        } catch (ScriptException e) {
            throw failure(e);
        }
    }

    private ScriptInstance run(ScriptLibrary.Version version) throws ScriptException {
        realm.lock().lock();
        try {
            return version.script().newInstance(null);
        } catch (ScriptException e) {
            LOG.error(engine.dialect().bodyFailureLog(version.script().source(), e));
            throw e;
        } finally {
            realm.lock().unlock();
        }
    }

    private ConfigException failure(ScriptException e) {
        String text = e.trace() == null ? e.getMessage() : e.trace().strip();
        return new ConfigException("loading " + config.file() + " failed: " + text, e);
    }

    /** The hooks of a new session. */
    public Hooks open(Session session) {
        return new SessionHooks(this, session);
    }

    /** A script that was loaded at start-up is not looked at again. */
    ScriptLibrary.Version current() {
        return global != null ? library.loaded() : library.current();
    }

    /** The version for a new connection. */
    ScriptLibrary.Version fresh() throws ScriptException {
        return global != null ? library.loaded() : library.fresh();
    }

    ScriptInstance global() {
        return global;
    }

    ScriptRealm realm() {
        return realm;
    }

    Dialect dialect() {
        return engine.dialect();
    }

    Backends backends() {
        return backends;
    }

    FailureMode failureMode() {
        return config.failureMode().orElse(engine.failureMode());
    }

    /** Hooks that run longer than this many nanoseconds are logged. */
    long warnNanos() {
        return config.warnAfter().toNanos();
    }

    /** A hook wants the process to end. */
    void exit(int status) {
        LOG.info("Initiating shutdown, requested from {}", config.file());
        exit.accept(status);
    }

    /** For logs. */
    String file() {
        return config.file().toString();
    }
}
