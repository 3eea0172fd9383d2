package io.mysqlproxy.script.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The object model of python-api.md 3: what expressions give, and how refusals are worded. */
class HostObjectsTest extends PythonFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "type(proxy).__name__ | Proxy",
                "type(proxy).__module__ | __builtin__",
                "type(proxy)() | TypeError: cannot create 'Proxy' instances",
                "repr(proxy).split(' at 0x')[0] | <Proxy object",
                "str(proxy.connection).split(' at 0x')[0] | <Connection object",
                "proxy.nope | AttributeError: 'Proxy' object has no attribute 'nope'",
                "proxy.connection.nope | AttributeError: 'Connection' object has no attribute 'nope'",
                "proxy.connection.getClass | AttributeError: 'Connection' object has no attribute 'getClass'",
                "proxy[0] | TypeError: 'Proxy' object has no attribute '__getitem__'",
                "proxy['x'] | TypeError: 'Proxy' object has no attribute '__getitem__'",
                "list(proxy) | TypeError: 'Proxy' object is not iterable",
                "len(proxy) | TypeError: object of type 'Proxy' has no len()",
                "vars(proxy) | TypeError: vars() argument must have __dict__ attribute",
                "proxy() | TypeError: 'Proxy' object is not callable",
                "bool(proxy) | True",
                "'connection' in dir(proxy) | True",
                "isinstance(proxy.PROXY_VERSION, int) | True",
                "hasattr(proxy.connection, 'username') | False",
                "getattr(proxy.connection, 'username', 1) | ValueError: Only the response has socket.username",
                "proxy.connection.server | None",
                "proxy.connection.connection_close | ValueError: connection.connection_close can only be set",
                "proxy.connection == 1 | False",
                "proxy.connection != 1 | True",
                "proxy.connection is proxy.connection | True",
                "proxy.queries is proxy.queries | False",
                "proxy.queries == proxy.queries | True",
                "proxy.queries != proxy.queries | False",
                "hash(proxy.queries) == hash(proxy.queries) | True",
                "{proxy.queries: 1}[proxy.queries] | 1",
                "proxy.queries == proxy.connection | False",
                "proxy.resultset.auto_commit | 2",
                "proxy.resultset.affected_rows | 2L",
                "proxy.resultset.fields | AttributeError: resultset.fields isn't available",
                "type(iter(proxy.resultset.rows)).__name__ | ProxyRowIter",
                "list(proxy.resultset.rows) | [('1',), ('2',)]",
                "iter(proxy.resultset.rows).next() | ('1',)",
                "callable(proxy.queries.append) | True",
                "proxy.queries.append.__name__ | append",
                "type(proxy.queries.append).__name__ | builtin_function_or_method",
                "type(proxy.response).__name__ | Response",
                "proxy.response is proxy.response | True",
                "proxy.globals is proxy.globals | True",
                "proxy.globals.config is proxy.globals.config | True",
            })
    void expressions(String expression, String result) throws ScriptException {
        assertThat(eval(expression)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "proxy.connection = 1 | TypeError: readonly attribute",
                "proxy.globals = 1 | TypeError: readonly attribute",
                "proxy.globals.config = 1 | TypeError: readonly attribute",
                "proxy.backends[0].dst = 1 | TypeError: readonly attribute",
                "proxy.queries = 1 | AttributeError: attribute 'queries' of 'Proxy' objects is not writable",
                "proxy.PROXY_VERSION = 1 | AttributeError: attribute 'PROXY_VERSION' of 'Proxy' objects is not writable",
                "proxy.connection.nope = 1 | AttributeError: 'Connection' object has no attribute 'nope'",
                "del proxy.nope | AttributeError: 'Proxy' object has no attribute 'nope'",
                "del proxy.connection.nope | AttributeError: 'Connection' object has no attribute 'nope'",
                "proxy.connection.backend_ndx = 'x' | ValueError: connection.backend_ndx can only be assigned to a int.",
                "proxy.connection.backend_ndx = 1L | ValueError: connection.backend_ndx can only be assigned to a int.",
                "proxy.connection.backend_ndx = True | fine",
                "proxy.connection.connection_close = 'x' |"
                        + " ValueError: connection.connection_close can only be assigned to True or False",
                "proxy.connection.connection_close = 5 | fine",
                "proxy.backends[0].state = 'x' | ValueError: backend.state can only be assigned to integer.",
                "proxy.backends[0].state = 1L | ValueError: backend.state can only be assigned to integer.",
                "proxy.backends[0].uuid = None | ValueError: backend.uuid can only be assigned to string.",
                "proxy.backends[0].uuid = u'x' | ValueError: backend.uuid can only be assigned to string.",
                "proxy.connection.pool.max_idle_connections = 'x' |"
                        + " ValueError: ConnectionPool.max_idle_connections can only be set to int values",
                "del proxy.connection.pool.max_idle_connections |"
                        + " ValueError: Cannot delete ConnectionPool.max_idle_connections",
                "del proxy.connection.backend_ndx | TypeError: cannot delete connection.backend_ndx",
                "del proxy.response | TypeError: cannot delete proxy.response",
                "proxy.response = 3 | ValueError: response can only be set to a dict",
                "proxy.response = {u'a': 1} | ValueError: response dict's keys can only be strings",
            })
    void statements(String statement, String result) throws ScriptException {
        assertThat(exec(statement)).isEqualTo(result);
    }

    @Test
    void tuplesOfBackendsAreReal() throws ScriptException {
        assertThat(eval("type(proxy.backends).__name__")).isEqualTo("tuple");
        assertThat(eval("proxy.backends == proxy.globals.backends")).isEqualTo("True");
        assertThat(eval("proxy.backends[0] != proxy.backends[1]")).isEqualTo("True");
        assertThat(eval("[b.address for b in proxy.backends[1:]] + [proxy.backends[-1].dst.name]"))
                .isEqualTo("['b:2', 'c:3', 'c:3']");
        assertThat(eval("proxy.backends[3]")).startsWith("IndexError: ");
        assertThat(eval("proxy.backends['x']")).startsWith("TypeError: tuple indices must be integers");
    }

    @Test
    void usersAreFoundByName() throws ScriptException {
        assertThat(eval("proxy.connection.pool.users['nobody'].name")).isEqualTo("nobody");
        assertThat(eval("'nobody' in proxy.connection.pool.users")).isEqualTo("False");
        assertThat(eval("'bob' in proxy.connection.pool.users")).isEqualTo("True");
        assertThat(eval("repr(proxy.connection.pool.users)")).isEqualTo("['bob']");
        assertThat(eval("len(proxy.connection.pool.users)")).isEqualTo("1");
        assertThat(eval("proxy.connection.pool.users[0]")).isEqualTo("TypeError: index must be string");
        assertThat(eval("u'bob' in proxy.connection.pool.users")).isEqualTo("TypeError: key must be string");
        assertThat(eval("list(proxy.connection.pool.users)")).startsWith("TypeError: ");
    }

    @Test
    @Tag("P-12")
    void hooksOfAConnectionGetTheSameProxy() throws ScriptException {
        ScriptInstance script = load("""
                seen = []
                def read_handshake(proxy): seen.append((id(proxy), id(proxy.connection), id(proxy.response)))
                def read_auth(proxy): seen.append((id(proxy), id(proxy.connection), id(proxy.response)))
                def disconnect_client(proxy): return len(set(seen))
                """);
        script.call(Hook.READ_HANDSHAKE, context);
        script.call(Hook.READ_AUTH, context);
        assertThat(script.call(Hook.DISCONNECT_CLIENT, context)).isEqualTo(1);
        script.call(Hook.READ_AUTH, realm.newContext(new SampleProxy().look()));
        assertThat(script.call(Hook.DISCONNECT_CLIENT, context)).isEqualTo(2);
    }

    @Test
    @Tag("P-11")
    void whatIsSharedAndWhatIsNot() throws ScriptException {
        ScriptInstance script = load("""
                proxy.globals.shared = count = 0
                def read_query(proxy, packet):
                    global count
                    count += 1
                    proxy.globals.shared += 1
                    proxy.n = getattr(proxy, 'n', 0) + 1
                    return count * 100 + proxy.globals.shared * 10 + proxy.n
                """);
        ScriptContext other = realm.newContext(new SampleProxy().look());
        assertThat(call(script, context)).isEqualTo(111);
        assertThat(call(script, other)).isEqualTo(221);
        assertThat(call(script, context)).isEqualTo(332);
    }

    @Test
    void configIsSharedToo() throws ScriptException {
        run("proxy.globals.config.rwsplit = 7");
        context = realm.newContext(new SampleProxy().look());
        assertThat(eval("proxy.globals.config.rwsplit")).isEqualTo("7");
        assertThat(eval("proxy.globals.config.address")).isEqualTo(":4045");
        assertThat(eval("'rwsplit' in dir(proxy.globals.config)")).isEqualTo("False");
    }

    @Test
    void recordsAreWhatTheyWereWhenAskedFor() throws ScriptException {
        assertThat(eval("proxy.connection.auth.packet, proxy.connection.token.text"))
                .isEqualTo("('-1', '-1')");
        assertThat(exec("proxy.connection.auth.packet = 'x'"))
                .isEqualTo("AttributeError: attribute 'packet' of 'Auth' objects is not writable");
        assertThat(exec("proxy.connection.auth.other = 'x'"))
                .isEqualTo("AttributeError: 'Auth' object has no attribute 'other'");
        run("""
                token = proxy.connection.token
                proxy.connection.backend_ndx = 5
                assert token.text == '-1' and proxy.connection.token.text == '5'
                token.text, token.mine = 'y', 'z'
                proxy.response.out = token.text + token.mine
                del token.text
                assert not hasattr(token, 'text')
                """);
        assertThat(context.response().text("out").toString()).isEqualTo("yz");
    }

    @Test
    @Tag("P-51")
    void theResponseIsReplacedButStaysTheSameObject() throws ScriptException {
        run("""
                r = proxy.response
                proxy.response = {'a': 1, 'b': 2}
                proxy.response = {'c': 3}
                assert r is proxy.response and r.c == 3
                assert not hasattr(r, 'a') and not hasattr(r, 'b')
                r.d = 4
                del r.c
                assert not hasattr(r, 'c')
                """);
        assertThat(context.response().number("d")).isEqualTo(4);
    }

    @Test
    @Tag("P-52")
    void onlyADictMakesAResponse() throws ScriptException {
        assertThat(exec("proxy.response = 3")).isEqualTo("ValueError: response can only be set to a dict");
    }
}
