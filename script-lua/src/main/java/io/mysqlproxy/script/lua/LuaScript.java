package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScopeWarning;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptSource;
import io.mysqlproxy.script.lua.call.Failures;
import io.mysqlproxy.script.lua.lib.ChunkLibrary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** A compiled script: the prototype of its body. */
final class LuaScript implements Script {
    /** On line 1, so that line numbers stay; a body of a function takes neither {@code ...} nor {@code #!}. */
    private static final byte[] BEFORE = "return function() ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] AFTER = "\nend".getBytes(StandardCharsets.US_ASCII);

    private final LuaRealm realm;
    private final ScriptSource source;
    private final Prototype body;
    private final int named;
    private volatile int found;

    private LuaScript(LuaRealm realm, ScriptSource source, Prototype body) {
        this.realm = realm;
        this.source = source;
        this.body = body;
        this.named = named(body);
    }

    static LuaScript compile(LuaRealm realm, ScriptSource source) throws ScriptException {
        byte[] text = source.text();
        byte[] wrapped = new byte[BEFORE.length + text.length + AFTER.length];
        System.arraycopy(BEFORE, 0, wrapped, 0, BEFORE.length);
        System.arraycopy(text, 0, wrapped, BEFORE.length, text.length);
        System.arraycopy(AFTER, 0, wrapped, BEFORE.length + text.length, AFTER.length);
        try {
            Prototype chunk = ChunkLibrary.compile(wrapped, chunkName(source));
            return new LuaScript(realm, source, chunk.p[0]);
        } catch (RuntimeException e) {
            throw Failures.exception(e);
        }
    }

    private static LuaString chunkName(ScriptSource source) {
        return LuaString.valueUsing(source.path().toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public ScriptSource source() {
        return source;
    }

    @Override
    public boolean mayDefine(Hook hook) {
        int bit = HookNames.bit(hook);
        return ((named | found) & bit) != 0 || realm.globals().hooks().holds(hook);
    }

    @Override
    public List<ScopeWarning> warnings() {
        return StateFinder.find(body);
    }

    @Override
    public ScriptInstance newInstance(ScriptContext context) throws ScriptException {
        ScriptGlobals globals = realm.newGlobals(context);
        realm.run(context, new LuaClosure(body, globals), LuaValue.NONE);
        int present = globals.hooks().present();
        if (present != found) {
            found = present;
        }
        return new LuaInstance(realm, globals);
    }

    private static int named(Prototype prototype) {
        int bits = 0;
        for (LuaValue constant : prototype.k) {
            bits |= HookNames.bit(constant);
        }
        for (Prototype inner : prototype.p) {
            bits |= named(inner);
        }
        return bits;
    }
}
