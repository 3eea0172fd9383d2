package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptScope;
import io.mysqlproxy.script.lua.patch.Substitutions;

/** Lua 5.1. */
public final class LuaEngine implements ScriptEngine {
    @Override
    public String name() {
        return "lua";
    }

    @Override
    public ScriptScope scope() {
        return ScriptScope.EXECUTION;
    }

    @Override
    public FailureMode failureMode() {
        return FailureMode.PROCEED;
    }

    @Override
    public Dialect dialect() {
        return new LuaDialect();
    }

    @Override
    public ScriptRealm open(RealmSettings settings) {
        // before anything refers to LuaJ; this class must not
        Substitutions.apply();
        return LuaRealm.open(settings);
    }
}
