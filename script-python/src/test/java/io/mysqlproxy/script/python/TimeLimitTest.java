package io.mysqlproxy.script.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code python.timeout-ms}. */
@Timeout(60)
class TimeLimitTest extends PythonFixture {
    private static final String MESSAGE = "ScriptTimeout: script timed out after 200 ms";

    @Override
    Map<String, String> properties() {
        return Map.of("python.timeout-ms", "200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while True: pass",
                "while True:\n    pass",
                "while 1:\n    try:\n        while 1: pass\n    except Exception:\n        pass",
                "while 1:\n    try:\n        while 1: pass\n    except:\n        pass",
                "while 1:\n    try:\n        pass\n    finally:\n        continue_ = 1",
                "def f():\n    yield 1\nwhile 1:\n    for x in f(): pass",
                "import itertools\nfor i in itertools.count(): pass",
                "import itertools\nany(False for i in itertools.count())",
                "sorted([1, 2], cmp=lambda a, b: [0 for x in iter(lambda: 1, 2)])",
                "class A(object):\n    def __getattr__(self, n):\n        while 1: pass\nA().x",
                "exec 'while 1: pass'",
            })
    void endsWhatWouldRunForEver(String lines) {
        assertThatThrownBy(() -> run(lines)).isInstanceOf(ScriptException.class).hasMessage(MESSAGE);
    }

    @Test
    void saysWhereTheScriptWas() {
        assertThatThrownBy(() -> run("x = 1\nwhile 1: pass"))
                .satisfies(
                        thrown -> assertThat(((ScriptException) thrown).trace()).contains("script.py\", line 3"));
    }

    @Test
    void isForTheBodyToo() {
        assertThatThrownBy(() -> load("while 1: pass\n")).hasMessage(MESSAGE);
    }

    @Test
    void isForEachCall() throws ScriptException {
        ScriptInstance instance = load(
                "import time\nkept = (i for i in xrange(99))\ndef read_query(proxy, packet):\n    time.sleep(0.09)\n    kept.next()\n");
        for (int i = 0; i < 5; i++) {
            assertThat(call(instance, context)).isNull();
        }
    }

    @Test
    void leavesTheNextCallAlone() throws ScriptException {
        ScriptInstance instance = load(
                "def read_query(proxy, packet):\n    while not hasattr(proxy, 'done'): proxy.done2 = 1\n    return 2\n");
        assertThatThrownBy(() -> call(instance, context)).hasMessage(MESSAGE);
        assertThat(call(load("def read_query(proxy, packet): return 2\n"), context))
                .isEqualTo(2);
    }

    @Test
    void isANumber() {
        assertThatThrownBy(() -> new PythonEngine()
                        .open(new RealmSettings(BASEDIR, proxy.look(), Map.of(), Map.of("python.timeout-ms", "soon"))))
                .hasMessageContaining("python.timeout-ms");
    }
}
