package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A realm to run small scripts in. No test refers to LuaJ itself: it must not be loaded before it is corrected. */
final class LuaFixture {
    static final String FILE = "/x/y.lua";

    private static final HostType<LuaFixture> BACKENDS =
            HostType.<LuaFixture>named("Backends").items(f -> 2, (f, i) -> null);

    private static final HostType<LuaFixture> PROXY = HostType.<LuaFixture>named("Proxy")
            .constant("PROXY_SEND_QUERY", 1)
            .store("global", HostType.<LuaFixture>named("Store").bag("config").get("backends", BACKENDS::of))
            .bag("response")
            .get("queries", BACKENDS::of);

    final ScriptRealm realm;

    LuaFixture() {
        this(Map.of());
    }

    LuaFixture(Map<String, String> properties) {
        realm = new LuaEngine().open(new RealmSettings(Path.of("/opt/base"), look(), Map.of(), properties));
    }

    HostObject look() {
        return PROXY.of(this);
    }

    ScriptContext newContext() {
        return realm.newContext(look());
    }

    Script compile(String text) throws ScriptException {
        return compile(FILE, text.getBytes(StandardCharsets.UTF_8));
    }

    Script compile(String path, byte[] text) throws ScriptException {
        return realm.compile(new ScriptSource(Path.of(path), text));
    }

    /** Runs a body, calls {@code read_query} and gives its decision. */
    Integer run(String text, ScriptContext context) throws ScriptException {
        return compile(text).newInstance(context).call(Hook.READ_QUERY, context, Bytes.utf8("\003SELECT 1"));
    }

    /** The value of {@code proxy.response.value} after a body run, one character per byte. */
    String value(String body) throws ScriptException {
        ScriptContext context = newContext();
        compile(body).newInstance(context);
        Bytes value = context.response().text("value");
        return value == null ? null : value.toLatin1();
    }

    /** {@code tostring} of an expression. */
    String evaluate(String expression) throws ScriptException {
        return value("proxy.response.value = tostring((" + expression + "))");
    }
}
