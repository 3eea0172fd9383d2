package io.mysqlproxy.launcher.module;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.script.model.ProxyModel;
import io.mysqlproxy.core.script.module.NativeModules;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.script.ScriptSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;

/** A real engine with the real modules, no proxy around it: bodies of scripts run and leave what they found in a response. */
final class ModuleFixture implements AutoCloseable {
    /** The repository, which is laid out like an installation. */
    static final Path BASEDIR = Path.of("..").toAbsolutePath().normalize();

    final AtomicInteger shutdowns = new AtomicInteger();
    private final String suffix;
    private final ScriptRealm realm;
    private final HostObject proxy = ProxyModel.outside(new Backends(List.of(), () -> 0), null);

    private ModuleFixture(String language, String suffix, Map<String, String> properties) {
        this.suffix = suffix;
        ScriptEngine engine = ServiceLoader.load(ScriptEngine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(e -> e.name().equals(language))
                .findFirst()
                .orElseThrow();
        Map<String, HostObject> modules = NativeModules.of(language, shutdowns::incrementAndGet);
        realm = engine.open(new RealmSettings(BASEDIR, proxy, modules, properties));
    }

    static ModuleFixture lua() {
        return lua(BASEDIR + "/lib/mysql-proxy/lua/?.lua");
    }

    static ModuleFixture lua(String path) {
        return new ModuleFixture("lua", ".lua", Map.of("lua.path", path));
    }

    static ModuleFixture python() {
        return new ModuleFixture("python", ".py", Map.of());
    }

    ScriptContext newContext() {
        return realm.newContext(proxy);
    }

    /** Runs a body, on behalf of a new connection, and gives {@code proxy.response}. */
    ScriptRef run(String body) throws ScriptException {
        return run(newContext(), body);
    }

    ScriptRef run(ScriptContext context, String body) throws ScriptException {
        Path path = BASEDIR.resolve("script" + suffix);
        realm.compile(new ScriptSource(path, body.getBytes(StandardCharsets.UTF_8)))
                .newInstance(context);
        return context.response();
    }

    /** What {@code proxy.response.value} is after a body run, one character per byte; null if it is none. */
    String value(String body) throws ScriptException {
        ScriptRef response = run(body);
        return response.text("value") == null ? null : response.text("value").toLatin1();
    }

    @Override
    public void close() {
        realm.close();
    }
}
