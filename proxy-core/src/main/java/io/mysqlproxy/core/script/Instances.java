package io.mysqlproxy.core.script;

import io.mysqlproxy.core.script.ScriptLibrary.Version;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptScope;
import java.util.function.Supplier;

/**
 * The scope policy: how long the outcome of a body run is kept (J-01). Of one connection, except for the instance of a script
 * with global scope, which is made at start-up and shared.
 */
final class Instances {
    private final Supplier<ScriptInstance> global;
    private Script script;
    private ScriptInstance kept;

    /** @param global gives the one instance of a script with global scope, which a reload replaces; null in the other scopes */
    Instances(Supplier<ScriptInstance> global) {
        this.global = global;
    }

    /** The instance for a hook execution; runs the body if the scope says so. Needs the realm's lock. */
    ScriptInstance of(Version version, ScriptContext context) throws ScriptException {
        ScriptInstance shared = global.get();
        if (version.scope() == ScriptScope.GLOBAL && shared != null) {
            return shared;
        }
        if (version.scope() == ScriptScope.EXECUTION) {
            return version.script().newInstance(context);
        }
        if (kept == null) {
            script = version.script();
            kept = script.newInstance(context);
        }
        return kept;
    }

    /** The instance that is kept; null if none is. */
    ScriptInstance kept() {
        ScriptInstance shared = global.get();
        return shared != null ? shared : kept;
    }
}
