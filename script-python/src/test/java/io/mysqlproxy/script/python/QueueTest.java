package io.mysqlproxy.script.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls with arguments in every form, at the example of {@code proxy.queries} (python-api.md 3.7). */
class QueueTest extends PythonFixture {
    @Test
    @Tag("P-33")
    void argumentsOfAppend() throws ScriptException {
        assertThat(eval("proxy.queries.append('1', 'x')")).isEqualTo("TypeError: an integer is required");
        assertThat(proxy.queries).isEmpty();
        run("""
                proxy.queries.append(1, 'x', True)
                proxy.queries.append(1, 'x', resultset_is_needed=True)
                proxy.queries.append(1, 'x', {'resultset_is_needed': True, 'other': 5})
                proxy.queries.append(1, 'x', {})
                """);
        assertThat(proxy.queries).hasSize(4);
        assertThat(proxy.queries.subList(0, 3))
                .allSatisfy(given -> assertThat(given).containsExactly(1L, Bytes.utf8("x"), true, null));
        assertThat(proxy.queries.get(3)).containsExactly(1L, Bytes.utf8("x"), null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "append(1) | TypeError: function takes at least 2 arguments (1 given)",
                "append(1, 'x', True, 4) | TypeError: function takes at most 3 arguments (4 given)",
                "append(1.5, 'x') | TypeError: integer argument expected, got float",
                "append(None, 'x') | TypeError: an integer is required",
                "append(2 ** 31, 'x') | OverflowError: signed integer is greater than maximum",
                "append(-2 ** 31 - 1, 'x') | OverflowError: signed integer is less than minimum",
                "append(5L, 'x') | None",
                "append(-5, buffer('x')) | None",
                "append(True, u'x') | None",
                "append(1, u'\\xe4') | UnicodeEncodeError:",
                "append(1, 5) | TypeError: argument 2 must be string or read-only buffer, not int",
                "append(1, None) | TypeError: argument 2 must be string or read-only buffer, not None",
                "append(1, 'x', 'y') | TypeError: an integer is required",
                "append(1, 'x', {'resultset_is_needed': None}) | TypeError: an integer is required",
                "append(1, 'x', x=1) | TypeError: append() got an unexpected keyword argument 'x'",
                "append(1, packet='x') | TypeError: function takes at least 2 arguments (2 given)",
                "reset(1) | TypeError: reset() takes no arguments (1 given)",
                "len() | 0",
            })
    void callsOfTheQueue(String call, String result) throws ScriptException {
        assertThat(eval("proxy.queries." + call)).startsWith(result);
    }

    @Test
    @Tag("P-34")
    void theQueueHasALengthButNoItems() throws ScriptException {
        run("proxy.queries.append(1, 'x'); proxy.queries.append(2, 'y')");
        assertThat(eval("len(proxy.queries), proxy.queries.len()")).isEqualTo("(2, 2)");
        assertThat(eval("proxy.queries[0]")).startsWith("TypeError: ");
        assertThat(eval("list(proxy.queries)")).startsWith("TypeError: ");
        assertThat(eval("bool(proxy.queries)")).isEqualTo("True");
    }
}
