package io.mysqlproxy.script.python;

import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptScope;

/** Python 2.7, as the {@code pyproxy} plugin wants it: loaded once, and strict about failures. */
public final class PythonEngine implements ScriptEngine {
    /** The name of this engine, and of its scripts' language. */
    static final String NAME = "python";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ScriptScope scope() {
        return ScriptScope.GLOBAL;
    }

    @Override
    public FailureMode failureMode() {
        return FailureMode.REFUSE;
    }

    @Override
    public Dialect dialect() {
        return new PythonDialect();
    }

    @Override
    public ScriptRealm open(RealmSettings settings) {
        return new PythonRealm(settings);
    }
}
