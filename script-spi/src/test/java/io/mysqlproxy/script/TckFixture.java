package io.mysqlproxy.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What every contract test needs: a realm for the whole class, and a proxy and a context for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TckFixture {
    static final Path BASEDIR = Path.of("/opt/tck");

    ScriptEngine engine;
    ScriptRealm realm;
    TckProxy proxy;
    ScriptContext context;

    /** A new engine. */
    protected abstract ScriptEngine engine();

    /** The script in the language of the engine. */
    protected abstract String text(TckScript script);

    /**
     * A script that answers 1 if an expression can be read (Lua: is not nil; Python: raises no {@code AttributeError}) and 0
     * if not. The expression is a path such as {@code proxy.connection.whole}.
     */
    protected abstract String asking(String expression);

    /** The first index of the language: 1 or 0. */
    protected abstract int firstIndex();

    @BeforeAll
    void open() {
        engine = engine();
        HostObject module = TckProxy.MODULE.of("mysql.tck");
        realm = engine.open(new RealmSettings(BASEDIR, new TckProxy().look(), Map.of("mysql.tck", module), Map.of()));
    }

    @AfterAll
    void close() {
        realm.close();
    }

    @BeforeEach
    void connect() {
        proxy = new TckProxy();
        realm.lock().lock();
        context = realm.newContext(proxy.look());
    }

    @AfterEach
    void disconnect() {
        realm.lock().unlock();
    }

    final Script compile(TckScript script) throws ScriptException {
        return compile(script.name().toLowerCase(java.util.Locale.ROOT), text(script));
    }

    final Script compile(String name, String text) throws ScriptException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return realm.compile(new ScriptSource(path(name), bytes));
    }

    static Path path(String name) {
        return Path.of("/opt/tck/scripts", name + ".script");
    }

    final ScriptInstance instance(TckScript script) throws ScriptException {
        return compile(script).newInstance(context);
    }

    /** Compiles, runs the body and calls {@code read_query}. */
    final Integer answer(TckScript script, Bytes packet) throws ScriptException {
        ScriptInstance instance = instance(script);
        assertThat(instance.defines(Hook.READ_QUERY)).isTrue();
        return instance.call(Hook.READ_QUERY, context, packet);
    }

    final Integer answer(TckScript script) throws ScriptException {
        return answer(script, Bytes.utf8("packet"));
    }

    /** What {@link #answer} left in {@code proxy.response} under a key. */
    final String told(String key) throws ScriptException {
        Bytes text = context.response().text(key);
        return text == null ? null : text.toLatin1();
    }
}
