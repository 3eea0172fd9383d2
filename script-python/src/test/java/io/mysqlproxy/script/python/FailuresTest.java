package io.mysqlproxy.script.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptExit;
import io.mysqlproxy.script.ScriptInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bodies and hooks fail, and how they end the process (python-api.md 1.5, 1.7, 2.1, 2.3). */
class FailuresTest extends PythonFixture {
    @ParameterizedTest
    @ValueSource(strings = {"'x'", "1L", "1.0", "[]", "proxy"})
    void otherReturnValuesAreInvalid(String value) throws ScriptException {
        ScriptException failure = failure("return " + value);
        assertThat(failure).hasMessage("PyProxy: read_query() return value invalid.");
        PythonDialect dialect = new PythonDialect();
        assertThat(dialect.hookFailure(Hook.READ_QUERY, failure)).isEqualTo(failure.getMessage());
        assertThat(dialect.hookFailureLog(Hook.READ_QUERY, failure)).isEqualTo(failure.getMessage());
    }

    @Test
    void exceptionsComeWithTheirTraceback() throws ScriptException {
        ScriptException failure = failure("raise KeyError('\\xc3\\xa4')");
        assertThat(failure).hasMessage("KeyError: '\\xc3\\xa4'");
        assertThat(failure.trace())
                .startsWith("Traceback (most recent call last):\n")
                .contains("File \"" + BASEDIR.resolve("script.py") + "\", line 2, in read_query");
        PythonDialect dialect = new PythonDialect();
        assertThat(dialect.hookFailure(Hook.READ_QUERY, failure))
                .isEqualTo("PyProxy: Call read_query() failed. Check the error log.");
        assertThat(dialect.hookFailureLog(Hook.READ_QUERY, failure))
                .isEqualTo("PyProxy: Call read_query() error. See the error log.");
    }

    @Test
    void anExceptionDoesNotShowInTheNextCall() throws ScriptException {
        failure("raise ValueError('first')");
        assertThat(eval("__import__('sys').exc_info()")).isEqualTo("(None, None, None)");
    }

    @Test
    void exceptionsWithSeveralLinesAndWithoutText() throws ScriptException {
        assertThat(failure("raise ValueError('a\\nb')")).hasMessage("ValueError: a\nb");
        assertThat(failure("raise ValueError")).hasMessage("ValueError");
        assertThat(failure("raise ValueError('\\xc3\\xa4')")).hasMessage("ValueError: \u00e4");
        assertThat(failure("class E(Exception):\n    def __str__(self): raise KeyError\nraise E()"))
                .isNotNull();
        assertThat(failure("read_query(proxy)").getMessage()).startsWith("TypeError: read_query() takes exactly 2");
        assertThat(failure("import java.util\njava.util.ArrayList().get(5)").getMessage())
                .contains("IndexOutOfBounds");
    }

    @Test
    void pathsBeyondAscii() throws ScriptException {
        Script script = compile("\u00e4/\u65e5.py", "def read_query(proxy, packet): raise ValueError(__file__)\n");
        ScriptInstance instance = script.newInstance(null);
        ScriptException failure =
                catchThrowableOfType(ScriptException.class, () -> instance.call(Hook.READ_QUERY, context, Bytes.EMPTY));
        assertThat(failure).hasMessage("ValueError: " + BASEDIR.resolve("\u00e4/\u65e5.py"));
        assertThat(failure.trace()).contains("File \"" + BASEDIR.resolve("\u00e4/\u65e5.py") + "\", line 1");
        ScriptException syntax =
                catchThrowableOfType(ScriptException.class, () -> compile("\u00e4/\u65e5.py", "x = 1\nif\n"));
        assertThat(syntax.trace()).contains("File \"" + BASEDIR.resolve("\u00e4/\u65e5.py") + "\", line 2");
        assertThat(syntax.getMessage()).startsWith("SyntaxError: ");
    }

    @ParameterizedTest
    @CsvSource({"sys.exit(3),3", "sys.exit(),0", "sys.exit('reason'),1", "raise SystemExit(257),1"})
    void exits(String statement, int status) throws ScriptException {
        ScriptExit body = catchThrowableOfType(ScriptExit.class, () -> load("import sys\n" + statement));
        assertThat(body.status()).isEqualTo(status);
        ScriptExit hook = catchThrowableOfType(ScriptExit.class, () -> run("import sys\n" + statement));
        assertThat(hook.status()).isEqualTo(status);
    }

    @Test
    void aBodyThatFailsIsNoModule() throws ScriptException {
        Script script = compile("broken.py", "raise ValueError('x')");
        assertThat(catchThrowableOfType(ScriptException.class, () -> script.newInstance(null)))
                .hasMessage("ValueError: x");
        assertThat(eval("'broken' in __import__('sys').modules")).isEqualTo("False");
    }

    private ScriptException failure(String lines) throws ScriptException {
        return catchThrowableOfType(ScriptException.class, () -> run(lines));
    }
}
