package io.mysqlproxy.script.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code print} in scripts (python-api.md 1.7). */
class OutputTest extends PythonFixture {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    @BeforeAll
    void open() {
        PrintStream before = System.out;
        System.setOut(new PrintStream(written, false));
        try {
            super.open();
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void linesComeOutAtOnceAndAsTheyAre() throws ScriptException {
        run("print 'a\\xff', 1\nprint 'b',");
        assertThat(written.toByteArray()).startsWith('a', 0xFF, ' ', '1', '\n');
    }
}
