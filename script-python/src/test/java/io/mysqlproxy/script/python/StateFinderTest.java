package io.mysqlproxy.script.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScopeWarning;
import io.mysqlproxy.script.ScriptException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("J-03")
class StateFinderTest extends PythonFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 0\ndef read_query(proxy, packet):\n    global n\n    n += 1\n",
                "n = 0\ndef read_query(proxy, packet):\n    global n\n    n = n + 1\n",
                "n = 0\ndef connect_server(proxy):\n    global n\n    n = 1\ndef read_query(proxy, p):\n    return n\n",
                "n = {}\n\ndef read_query(proxy, packet):\n    n[1] = 2\n",
                "n = []\n\ndef read_query(proxy, packet):\n    n.append(1)\n",
                "import m\nn = dict()\ndef read_query(proxy, packet):\n    n['x'] = 1\n"
            })
    void whatIsKeptIsFound(String text) throws ScriptException {
        assertThat(compile("script.py", text).warnings()).containsExactly(new ScopeWarning("n", List.of(4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 0\ndef read_query(proxy, packet):\n    return n\n",
                "n = 0\ndef read_query(proxy, packet):\n    n = 1\n    n += 1\n",
                "def read_query(proxy, packet):\n    global n\n    n = 1\n    return n\n",
                "def read_query(proxy, packet):\n    proxy.globals.n = 1\n    proxy.response['type'] = 0\n",
                "n = {}\ndef read_query(proxy, packet):\n    n = {}\n    n[1] = 2\n",
                "import m\ndef read_query(proxy, packet):\n    m.x = 1\n"
            })
    void whatIsNotKeptIsNoMatter(String text) throws ScriptException {
        assertThat(compile("script.py", text).warnings()).isEmpty();
    }
}
