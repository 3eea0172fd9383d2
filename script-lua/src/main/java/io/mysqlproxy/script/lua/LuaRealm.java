package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptSource;
import io.mysqlproxy.script.lua.call.Deadline;
import io.mysqlproxy.script.lua.call.Failures;
import io.mysqlproxy.script.lua.call.Frames;
import io.mysqlproxy.script.lua.host.LuaValues;
import io.mysqlproxy.script.lua.lib.StandardLibrary;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The one Lua interpreter. */
final class LuaRealm implements ScriptRealm {
    private static final LuaString OWN_PROXY = LuaValue.valueOf("__proxy");

    private final Lock lock = new ReentrantLock();
    private final SharedGlobals globals = new SharedGlobals();
    private final LuaValues values = new LuaValues();
    private final ProxyTable proxy;
    /** Behind {@code proxy} where no connection is: scripts that run once per process. */
    private final LuaContext outside;
    /** Milliseconds for a body run or a hook; 0 for no limit. */
    private final int timeout;

    private LuaRealm(RealmSettings settings) {
        StandardLibrary.open(globals, Settings.paths(settings));
        timeout = Settings.timeout(settings);
        proxy = new ProxyTable(values, settings.globals());
        globals.rawset("proxy", proxy.table());
        outside = proxy.newContext(settings.globals());
        Modules.preload(globals, values, settings);
    }

    static LuaRealm open(RealmSettings settings) {
        return new LuaRealm(settings);
    }

    @Override
    public Lock lock() {
        return lock;
    }

    @Override
    public Script compile(ScriptSource source) throws ScriptException {
        return LuaScript.compile(this, source);
    }

    @Override
    public ScriptContext newContext(HostObject connection) {
        return proxy.newContext(connection);
    }

    @Override
    public void close() {
        // the interpreter has no threads but those of suspended coroutines, which end when they are collected
    }

    SharedGlobals globals() {
        return globals;
    }

    LuaValues values() {
        return values;
    }

    ScriptGlobals newGlobals(ScriptContext context) {
        ScriptGlobals fresh = new ScriptGlobals(globals);
        fresh.rawset(OWN_PROXY, own(context).table());
        return fresh;
    }

    /** A global of a script, which may run code of the script. */
    LuaValue get(ScriptContext context, ScriptGlobals script, LuaString name) throws ScriptException {
        LuaValue raw = script.rawget(name);
        if (!raw.isnil()) {
            return raw;
        }
        return limited(context, () -> script.get(name));
    }

    /** Runs a body or a hook with {@code proxy} pointed at a connection; gives the first result. */
    LuaValue run(ScriptContext context, LuaValue function, Varargs arguments) throws ScriptException {
        return limited(context, () -> function.invoke(arguments).arg1());
    }

    private LuaValue limited(ScriptContext context, Supplier<LuaValue> call) throws ScriptException {
        proxy.pointAt(own(context));
        Frames frames = Frames.current();
        int depth = frames.depth;
        if (timeout > 0) {
            frames.limit(new Deadline(timeout));
        }
        try {
            return call.get();
        } catch (Throwable thrown) {
            throw Failures.exception(thrown);
        } finally {
            frames.limit(null);
            frames.clear(depth);
        }
    }

    private LuaContext own(ScriptContext context) {
        return context == null ? outside : (LuaContext) context;
    }
}
