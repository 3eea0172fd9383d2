package io.mysqlproxy.core.script;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptScope;
import java.util.Arrays;
import java.util.Optional;
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
    private final ScriptTally tally = new ScriptTally();

    /** The one run of a script with global scope; null in the other scopes. */
    private volatile Loaded global;

    /** A version and its run: a reload replaces both at once. */
    private record Loaded(ScriptLibrary.Version version, ScriptInstance instance) {}

    /** Nothing is read yet. */
    public PluginScript(
            ScriptConfig config, ScriptEngine engine, ScriptRealm realm, Backends backends, IntConsumer exit) {
        this.exit = exit;
        this.config = config;
        this.engine = engine;
        this.realm = realm;
        this.backends = backends;
        this.library = new ScriptLibrary(config, realm, engine.dialect(), engine.scope(), tally);
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
                global = new Loaded(version, run(version));
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
            failed(engine.dialect().bodyFailureLog(version.script().source(), e), e);
            throw e;
        } finally {
            realm.lock().unlock();
        }
    }

    private ConfigException failure(ScriptException e) {
        return new ConfigException("loading " + config.file() + " failed: " + e.getMessage(), e);
    }

    /**
     * Reads the file again. One that was loaded at start-up is replaced for all connections, from their next hook on; if the new
     * version does not load the old one stays.
     *
     * @throws ConfigException if it does not compile or its body raises; logged already
     */
    public void reload() {
        try {
            library.forget();
            ScriptLibrary.Version version = library.fresh();
            if (global != null) {
                global = new Loaded(version, run(version));
                LOG.info("reloaded {}", config.file());
            }
        } catch (ScriptException e) {
            throw failure(e);
        }
    }

    /**
     * Compiles the file and runs its body once, without any connection.
     *
     * @throws ConfigException if one of these fails
     */
    public ScriptReport check() {
        try {
            ScriptLibrary.Version version = library.fresh();
            ScriptInstance instance = run(version);
            return new ScriptReport(
                    version.scope(),
                    Arrays.stream(Hook.values()).filter(instance::defines).toList(),
                    Optional.ofNullable(library.warning(version)));
        } catch (ScriptException e) {
            throw failure(e);
        }
    }

    /** The hooks of a new session. */
    public Hooks open(Session session) {
        return new SessionHooks(this, session);
    }

    /** The hooks of an administrator's session. */
    public Hooks openAdmin(Session session) {
        return new AdminHooks(this, session);
    }

    /** A script that was loaded at start-up is not looked at again. */
    ScriptLibrary.Version current() {
        Loaded shared = global;
        return shared != null ? shared.version() : library.current();
    }

    /** The version for a new connection. */
    ScriptLibrary.Version fresh() throws ScriptException {
        Loaded shared = global;
        return shared != null ? shared.version() : library.fresh();
    }

    ScriptInstance global() {
        Loaded shared = global;
        return shared == null ? null : shared.instance();
    }

    /** What is configured. */
    public ScriptConfig config() {
        return config;
    }

    /** What has become of it so far. */
    public ScriptTally tally() {
        return tally;
    }

    /** The scope of the last version that compiled; the usual one before. */
    public ScriptScope scope() {
        ScriptLibrary.Version version = library.loaded();
        return version == null ? config.scope().orElse(engine.scope()) : version.scope();
    }

    /** Logs that something of the script failed. */
    void failed(String line, ScriptException failure) {
        Complaint.log(LOG, line, failure);
        tally.failed(line);
    }

    /** A hook was called. */
    void record(Hook hook, long nanos) {
        tally.called(hook, nanos);
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
