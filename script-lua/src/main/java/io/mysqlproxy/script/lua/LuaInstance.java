package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One body run and what it left: the script's globals. */
final class LuaInstance implements ScriptInstance {
    private static final Logger LOG = LoggerFactory.getLogger(LuaInstance.class);

    private final LuaRealm realm;
    private final ScriptGlobals globals;

    LuaInstance(LuaRealm realm, ScriptGlobals globals) {
        this.realm = realm;
        this.globals = globals;
    }

    @Override
    public boolean defines(Hook hook) {
        return globals.defines(hook);
    }

    @Override
    public Integer call(Hook hook, ScriptContext context, Object... arguments) throws ScriptException {
        LuaValue function = realm.get(context, globals, HookNames.name(hook));
        if (function.isfunction()) {
            return decision(realm.run(context, function, values(arguments)));
        }
        if (!function.isnil() && hook != Hook.READ_QUERY) {
            LOG.info("{} is a {}, not a function", hook.scriptName(), function.typename());
        }
        return null;
    }

    private Varargs values(Object[] arguments) {
        if (arguments.length == 0) {
            return LuaValue.NONE;
        }
        if (arguments.length == 1) {
            return realm.values().toLua(arguments[0]);
        }
        LuaValue[] values = new LuaValue[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = realm.values().toLua(arguments[i]);
        }
        return LuaValue.varargsOf(values);
    }

    private static Integer decision(LuaValue result) {
        return result.isnumber() ? Integer.valueOf((int) (long) result.todouble()) : null;
    }
}
