package io.mysqlproxy.script.python;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Bodies, modules and hooks (python-api.md 1). */
class LoadingTest extends PythonFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "re", "time", "datetime", "json", "logging", "threading", "socket", "collections", "random",
                        "traceback",
                "os", "sys", "decimal", "functools", "itertools", "string", "struct", "hashlib", "Queue", "urllib2",
                "base64", "csv", "copy", "math", "uuid", "StringIO", "contextlib", "subprocess", "types", "warnings",
            })
    void modulesOfTheStandardLibrary(String name) throws ScriptException {
        load("import " + name);
    }

    @Test
    void whatTheStandardLibraryDoes() throws ScriptException {
        assertThat(eval("__import__('json').dumps({'a': [1, None]})")).isEqualTo("{\"a\": [1, null]}");
        assertThat(eval("__import__('hashlib').sha1('secret').hexdigest()"))
                .isEqualTo("e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4");
        assertThat(eval("__import__('re').match(r'(\\w+) (\\d+)', 'select 1').groups()"))
                .isEqualTo("('select', '1')");
        assertThat(eval("__import__('struct').pack('<I', 258)")).isEqualTo("\u0002\u0001\u0000\u0000");
        assertThat(eval("__import__('time').strftime('%Y', (2024, 1, 1, 0, 0, 0, 0, 1, 0))"))
                .isEqualTo("2024");
        assertThat(eval("__import__('os').path.basename('/a/b')")).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({"my_script.py,my_script", "hy-phen.py,hy-phen", "two.dots.py,two", "none,none"})
    void theNameOfTheModule(String file, String name) throws ScriptException {
        Script script = compile(
                file,
                "import sys\nthis = sys.modules[__name__].__dict__ is globals()\n"
                        + "def read_query(proxy, packet): proxy.response.out = '%s %s %s' % (__name__, __file__, this)\n");
        call(script.newInstance(null), context);
        assertThat(context.response().text("out").toString()).isEqualTo(name + " " + BASEDIR.resolve(file) + " True");
    }

    @Test
    @Tag("P-05")
    void aScriptMayHaveTheNameOfALibrary() throws ScriptException {
        load("import warnings");
        Script script = compile("warnings.py", "def read_query(proxy, packet): return 5\n");
        assertThat(call(script.newInstance(null), context)).isEqualTo(5);
        assertThat(eval("__import__('warnings').warn.__name__")).isEqualTo("warn");
    }

    @Test
    @Tag("P-13")
    void whereModulesAreLookedFor(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("beside.py"), "x = 3\n");
        byte[] text = "import sys, beside\ndef read_query(p, q): p.response.out = repr(sys.path[-3:])\n"
                .getBytes(StandardCharsets.UTF_8);
        realm.lock().unlock();
        close();
        open();
        connect();
        ScriptInstance script =
                realm.compile(new ScriptSource(folder.resolve("main.py"), text)).newInstance(null);
        call(script, context);
        assertThat(context.response().text("out").toString())
                .isEqualTo("['%s', '%s', '%s']"
                        .formatted(
                                BASEDIR.resolve("lib/mysql-proxy/python"),
                                folder,
                                Path.of("").toAbsolutePath()));
    }

    @Test
    @Tag("P-07")
    void anyCallableIsAHook() throws ScriptException {
        ScriptInstance script = load("""
                import functools
                class C:
                    def __call__(self, proxy): return 3
                    def method(self, proxy): return 4
                def twice(f):
                    return lambda *args: 2 * f(*args)
                connect_server = lambda proxy: 1
                read_handshake = C()
                read_auth = C().method
                @twice
                def read_query(proxy, packet): return 4
                def general(n, proxy): return n
                disconnect_client = functools.partial(general, 9)
                """);
        assertThat(script.call(Hook.CONNECT_SERVER, context)).isEqualTo(1);
        assertThat(script.call(Hook.READ_HANDSHAKE, context)).isEqualTo(3);
        assertThat(script.call(Hook.READ_AUTH, context)).isEqualTo(4);
        assertThat(call(script, context)).isEqualTo(8);
        assertThat(script.call(Hook.DISCONNECT_CLIENT, context)).isEqualTo(9);
    }

    @Test
    void hooksThatCannotBeCalledAreLogged() throws ScriptException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(PythonInstance.class);
        log.start();
        logger.addAppender(log);
        ScriptInstance script = load("read_query = 5\ninit = None\n");
        logger.detachAppender(log);
        assertThat(script.defines(Hook.READ_QUERY)).isFalse();
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly(
                        "Load script.init failed: object init is not callable!",
                        "Load script.read_query failed: object read_query is not callable!");
    }

    @Test
    @Tag("P-08")
    void hooksAreKeptAsTheyWere() throws ScriptException {
        ScriptInstance script = load("""
                def read_query(proxy, packet):
                    global read_query
                    read_query = None
                    return 6
                """);
        assertThat(call(script, context)).isEqualTo(6);
        assertThat(call(script, context)).isEqualTo(6);
    }

    @Test
    void initIsNeverCalled() throws ScriptException {
        ScriptInstance script = load("def init(*a): raise ValueError\ndef read_query(proxy, packet): return 1\n");
        assertThat(call(script, context)).isEqualTo(1);
    }

    @Test
    @Tag("P-10")
    void theBuiltInProxy() throws ScriptException {
        ScriptInstance script = load("""
                assert proxy.MYSQL_TYPE_STRING == 254 and proxy.PROXY_VERSION == 0x805
                assert proxy.connection is None
                proxy.globals.from_body = 8
                proxy.response.type = 1
                builtin = proxy
                def read_query(proxy, packet):
                    assert proxy is not builtin and proxy.response is not builtin.response
                    assert not hasattr(proxy.response, 'type') and type(proxy) is type(builtin)
                    return proxy.globals.from_body
                """);
        assertThat(call(script, context)).isEqualTo(8);
    }

    @Test
    void encodingsOfTheSource() throws Exception {
        String text = "# -*- coding: %s -*-\nx = '\u00e4'\nu = u'\u00e4'\n"
                + "def read_query(proxy, packet): return len(x) * 10 + (u == u'\\xe4')\n";
        for (var charset : new java.nio.charset.Charset[] {StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8}) {
            byte[] bytes =
                    text.formatted(charset.name().toLowerCase(Locale.ROOT)).getBytes(charset);
            ScriptInstance script = realm.compile(new ScriptSource(BASEDIR.resolve("script.py"), bytes))
                    .newInstance(null);
            int length = "\u00e4".getBytes(charset).length;
            assertThat(call(script, context)).as(charset.name()).isEqualTo(length * 10 + 1);
        }
    }

    @Test
    void threadsOfAScript() throws ScriptException {
        run("""
                import threading
                out = []
                def work():
                    proxy.globals.by_thread = 4
                    out.append(proxy.PROXY_VERSION + len(proxy.backends))
                t = threading.Thread(target=work)
                t.start()
                t.join()
                proxy.response.out = out[0]
                """);
        assertThat(context.response().number("out")).isEqualTo(0x805 + 3);
        assertThat(eval("proxy.globals.by_thread")).isEqualTo("4");
    }
}
