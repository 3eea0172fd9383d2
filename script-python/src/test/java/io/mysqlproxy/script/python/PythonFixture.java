package io.mysqlproxy.script.python;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A realm for a whole test class, and a connection for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PythonFixture {
    static final Path BASEDIR = Path.of("/opt/sample");

    ScriptRealm realm;
    SampleProxy proxy;
    ScriptContext context;

    @BeforeAll
    void open() {
        SampleProxy globals = new SampleProxy();
        globals.connected = false;
        realm = new PythonEngine().open(new RealmSettings(BASEDIR, globals.look(), Map.of(), properties()));
    }

    /** Settings of the engine. */
    Map<String, String> properties() {
        return Map.of();
    }

    @AfterAll
    void close() {
        realm.lock().lock();
        try {
            realm.close();
        } finally {
            realm.lock().unlock();
        }
    }

    @BeforeEach
    void connect() {
        realm.lock().lock();
        proxy = new SampleProxy();
        context = realm.newContext(proxy.look());
    }

    @AfterEach
    void disconnect() {
        realm.lock().unlock();
    }

    Script compile(String file, String text) throws ScriptException {
        return realm.compile(
                new ScriptSource(BASEDIR.resolve(file).toAbsolutePath(), text.getBytes(StandardCharsets.UTF_8)));
    }

    ScriptInstance load(String text) throws ScriptException {
        return compile("script.py", text).newInstance(null);
    }

    static Integer call(ScriptInstance instance, ScriptContext context) throws ScriptException {
        return instance.call(Hook.READ_QUERY, context, Bytes.utf8("\003SELECT 1"));
    }

    /** Runs the lines as the body of {@code read_query}. */
    void run(String lines) throws ScriptException {
        call(load("def read_query(proxy, packet):\n" + lines.indent(4)), context);
    }

    /** What an expression gives, or raises, as text. */
    String eval(String expression) throws ScriptException {
        run("""
                try:
                    r = %s
                    proxy.response.out = r if isinstance(r, str) else repr(r)
                except Exception, e:
                    proxy.response.out = type(e).__name__ + ': ' + str(e)
                """.formatted(expression));
        return context.response().text("out").toString();
    }

    /** What a statement raises, as text. */
    String exec(String statement) throws ScriptException {
        run("""
                try:
                    %s
                    proxy.response.out = 'fine'
                except Exception, e:
                    proxy.response.out = type(e).__name__ + ': ' + str(e)
                """.formatted(statement));
        return context.response().text("out").toString();
    }
}
