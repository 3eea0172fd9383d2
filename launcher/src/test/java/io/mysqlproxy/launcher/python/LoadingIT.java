package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.script.ScriptScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loading, hooks that are found, and how long things live (python-api.md 1). */
class LoadingIT {
    /** Answers a query by what it evaluates to, among the names of the script. */
    private static final String ANSWER = """
            def read_query(proxy, packet):
                if packet[0] == '\\3':
                    value = repr(eval(packet[1:], globals(), {'proxy': proxy}))
                    proxy.response = {'type': 0, 'resultset': {'fields': [('v',)], 'rows': [[value]]}}
                    return proxy.PROXY_SEND_RESULT
            """;

    @Test
    @Tag("P-05")
    void theFileThatIsNamedIsRun() {
        for (String name : new String[] {"warnings.py", "hy-phen.py", "no_suffix", "two.dots.py"}) {
            try (Rig rig = Rig.named(name, ANSWER)) {
                RawClient client = rig.login();

                assertThat(client.cell("__name__")).isEqualTo("'" + name.replaceFirst("\\..*", "") + "'");
                assertThat(client.cell("__file__")).isEqualTo("'" + rig.script + "'");
                assertThat(client.cell("hasattr(__import__('sys'), 'argv') and __import__('sys').argv"))
                        .isIn("False", "['']");
            }
        }
    }

    @Test
    @Tag("P-06")
    void whatIsNotCallableIsNoHook() {
        try (Rig rig = Rig.of("read_query = 5\nread_auth = None\ninit = 'x'")) {
            assertThat(rig.login().cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.log())
                    .contains(
                            "INFO Load script.init failed: object init is not callable!",
                            "INFO Load script.read_auth failed: object read_auth is not callable!",
                            "INFO Load script.read_query failed: object read_query is not callable!");
        }
    }

    @Test
    @Tag("P-07")
    void anythingCallableIsAHook() {
        try (Rig rig = Rig.of("""
                import functools
                seen = []
                connect_server = lambda proxy: seen.append('lambda')
                class Auth(object):
                    def method(self, proxy):
                        seen.append('bound method')
                    def __call__(self, proxy, auth):
                        seen.append('instance')
                read_auth = Auth().method
                read_auth_result = Auth()
                def decorated(f):
                    @functools.wraps(f)
                    def wrapper(*arguments):
                        seen.append('decorated')
                        return f(*arguments)
                    return wrapper
                @decorated
                def read_query(proxy, packet):
                    proxy.response = {'type': 0, 'resultset': {'fields': [('v',)], 'rows': [[', '.join(seen)]]}}
                    return proxy.PROXY_SEND_RESULT
                def handshake(what, proxy):
                    seen.append(what)
                read_handshake = functools.partial(handshake, 'partial')
                """)) {
            assertThat(rig.login().cell("x")).isEqualTo("lambda, partial, bound method, instance, decorated");
        }
    }

    @Test
    @Tag("P-08")
    void aHookIsKeptAsItWasFound() {
        try (Rig rig = Rig.of("""
                def read_query(proxy, packet):
                    global read_query
                    read_query = None
                    proxy.response = {'type': 0, 'affected_rows': 7}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.login();

            assertThat(client.query("x").payload()).isEqualTo(Packets.ok(7, 0, 2, 0));
            assertThat(client.query("x").payload()).isEqualTo(Packets.ok(7, 0, 2, 0));
        }
    }

    @Test
    @Tag("P-09")
    void initIsNeverCalled() {
        try (Rig rig = Rig.of("calls = []\ninit = lambda *a: calls.append(a)\n" + ANSWER)) {
            assertThat(rig.login().cell("calls")).isEqualTo("[]");
        }
    }

    @Test
    @Tag("P-10")
    @Tag("J-17")
    void theBuiltInProxy() {
        try (Rig rig = Rig.of("""
                at_import = [proxy.MYSQL_TYPE_STRING, proxy.PROXY_VERSION, proxy.connection, hasattr(proxy, 'queries'),
                             len(proxy.servers), len(proxy.backends), hasattr(proxy.response, 'type')]
                try:
                    proxy.queries
                except AttributeError as e:
                    at_import.append(str(e))
                proxy.globals.n = 5
                proxy.mine = 6
                built_in = proxy
                """ + ANSWER)) {
            RawClient client = rig.login();

            assertThat(client.cell("at_import"))
                    .isEqualTo("[254, " + 0x000805
                            + ", None, False, 1, 1, False, \"'Proxy' object has no attribute 'queries'\"]");
            assertThat(client.cell("proxy.globals.n, hasattr(proxy, 'mine'), built_in.mine, built_in is proxy"))
                    .isEqualTo("(5, False, 6, False)");
            assertThat(client.cell("built_in.globals is proxy.globals, type(proxy.PROXY_VERSION)"))
                    .isEqualTo("(True, <type 'int'>)");
        }
    }

    @Test
    @Tag("P-11")
    @Tag("J-04")
    @Tag("J-05")
    void whatIsSharedAndWhatIsNot() {
        try (Rig rig = Rig.of("counter = 0\nproxy.globals.n = 0\n" + """
                def read_query(proxy, packet):
                    global counter
                    counter += 1
                    proxy.globals.n += 1
                    proxy.n = getattr(proxy, 'n', 0) + 1
                    row = [counter, proxy.globals.n, proxy.n]
                    proxy.response = {'type': 0, 'resultset': {'fields': ['a', 'b', 'c'], 'rows': [row]}}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient one = rig.login();
            RawClient two = rig.login();

            assertThat(one.rows("x").get(0)).containsExactly("1", "1", "1");
            assertThat(two.rows("x").get(0)).containsExactly("2", "2", "1");
            assertThat(one.rows("x").get(0)).containsExactly("3", "3", "2");
        }
    }

    @Test
    @Tag("P-12")
    void oneProxyForEachConnection() {
        try (Rig rig = Rig.of("""
                seen = []
                def note(proxy, *rest):
                    seen.append((proxy, proxy.connection, proxy.response))
                connect_server = read_handshake = read_auth = read_auth_result = read_query_result = note
                def read_query(proxy, packet):
                    note(proxy)
                    if packet[1:] == 'result':
                        first = seen[0]
                        same = [all(x is y for x, y in zip(entry, first)) for entry in seen]
                        proxy.response = {'type': 255, 'errmsg': repr(same)}
                        return proxy.PROXY_SEND_RESULT
                    proxy.queries.append(1, packet)
                    return proxy.PROXY_SEND_QUERY
                """)) {
            RawClient client = rig.login();
            client.answer("x");

            assertThat(client.error("result")).isEqualTo("1105 07000 [True, True, True, True, True, True, True]");
        }
    }

    @Test
    @Tag("P-13")
    void wherePythonLooksForModules() throws IOException {
        try (Rig rig = Rig.of("import sys\npath = list(sys.path)\n" + ANSWER)) {
            Path folder = rig.script.getParent();
            assertThat(rig.login().cell("path[-3:]"))
                    .isEqualTo("['" + folder + "/lib/mysql-proxy/python', '" + folder + "', '"
                            + Path.of("").toAbsolutePath() + "']");
        }
    }

    @Test
    @Tag("J-01")
    void scopes() {
        String counting = """
                n = 0
                def read_query(proxy, packet):
                    global n
                    n += 1
                    proxy.response = {'type': 0, 'affected_rows': n}
                    return proxy.PROXY_SEND_RESULT
                """;
        assertThat(counts(counting, null)).containsExactly(1, 2, 3);
        assertThat(counts(counting, ScriptScope.GLOBAL)).containsExactly(1, 2, 3);
        assertThat(counts(counting, ScriptScope.CONNECTION)).containsExactly(1, 2, 1);
        assertThat(counts(counting, ScriptScope.EXECUTION)).containsExactly(1, 1, 1);
        assertThat(counts("# proxy-scope: connection\n" + counting, null)).containsExactly(1, 2, 1);
        assertThat(counts("# proxy-scope: connection\n" + counting, ScriptScope.GLOBAL))
                .containsExactly(1, 2, 3);
    }

    /** Twice on one connection, once on another. */
    private static int[] counts(String script, ScriptScope scope) {
        try (Rig rig = Rig.of(new FakeBackend(), script, options -> choose(options, scope))) {
            RawClient one = rig.login();
            RawClient two = rig.login();
            return new int[] {count(one), count(one), count(two)};
        }
    }

    private static void choose(TestProxy.Builder options, ScriptScope scope) {
        if (scope != null) {
            options.scope(scope);
        }
    }

    private static int count(RawClient client) {
        return client.query("x").payload()[1];
    }

    @Test
    @Tag("J-33")
    void namesThatExistKeepTheirMeaning() {
        try (Eval eval = new Eval("pass")) {
            for (String name : new String[] {"connection", "globals", "servers", "backends"}) {
                eval.fails("proxy." + name + " = 1", "TypeError: readonly attribute");
            }
            eval.fails("proxy.queries = 1", "AttributeError: attribute 'queries' of 'Proxy' objects is not writable")
                    .fails(
                            "proxy.COM_QUERY = 1",
                            "AttributeError: attribute 'COM_QUERY' of 'Proxy' objects is not writable")
                    .fails("proxy.response = 1", "ValueError: response can only be set to a dict")
                    .fails("proxy.globals.backends = 1", "TypeError: readonly attribute")
                    .fails("proxy.globals.config = 1", "TypeError: readonly attribute");
        }
    }

    @Test
    void anEditOfAGlobalScriptHasNoEffect() throws IOException {
        try (Rig rig = Rig.of("def read_query(proxy, packet):\n    return None")) {
            rig.login();
            Files.writeString(rig.script, "syntax error");

            assertThat(rig.login().cell("SELECT 1")).isEqualTo("SELECT 1");
        }
    }

    @Test
    void aBrokenEditIsForNewConnectionsOnly() throws IOException {
        try (Rig rig = Rig.of(
                new FakeBackend(),
                "def read_query(proxy, packet):\n    return None",
                options -> options.scope(ScriptScope.CONNECTION))) {
            RawClient open = rig.login();
            Files.writeString(rig.script, "syntax error");

            Packets.Packet packet = rig.connect().read();
            assertThat(packet.sequence()).isZero();
            assertThat(packet.error()).isEqualTo("1105 PyProxy: Call connect_server() failed. Check the error log.");
            assertThat(open.cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.captured.err()).contains("SyntaxError");
        }
    }

    @Test
    void printGoesToStandardOutputLineByLine() {
        try (Rig rig = Rig.of("print 'loaded'\ndef read_query(proxy, packet):\n    print 'query', len(packet)")) {
            rig.login().cell("SELECT 1");

            assertThat(rig.captured.out()).isEqualTo("loaded\nquery 9\n");
        }
    }
}
