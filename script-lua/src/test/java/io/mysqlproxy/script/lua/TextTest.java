package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers and strings as text. */
class TextTest {
    private static final LuaFixture LUA = new LuaFixture();

    private static void assertValues(String... expressionsAndTexts) throws ScriptException {
        for (int i = 0; i < expressionsAndTexts.length; i += 2) {
            String expression = expressionsAndTexts[i];
            assertThat(LUA.evaluate(expression)).as(expression).isEqualTo(expressionsAndTexts[i + 1]);
        }
    }

    @Test
    @Tag("L-54")
    @Tag("J-35")
    void numbersAsText() throws ScriptException {
        assertValues(
                "1/3", "0.33333333333333",
                "12345678.9 .. ''", "12345678.9",
                "1e100", "1e+100",
                "10/2", "5",
                "0.1", "0.1",
                "1e-5", "1e-05",
                "1e15", "1e+15",
                "2^53 .. ''", "9.007199254741e+15",
                "table.concat({ 1.5, 123456789012345, 'x' }, ',')", "1.5,1.2345678901234e+14,x",
                "1/0", "inf",
                "-1/0", "-inf",
                "0/0", "-nan");
    }

    @Test
    @Tag("L-55")
    void formats() throws ScriptException {
        assertValues(
                "string.format('%5.2f|%-10s|%10.3s|%05x|%+d|%.3g', 3.14159, 'abc', 'abcdef', 255, 3, 1234.5)",
                " 3.14|abc       |       abc|000ff|+3|1.23e+03",
                "('%.2f%% %e %G %#x %#o %c %5d|%-5d|%05.1f'):format(99.555, 12345.678, 1e20, 255, 8, 65, 42, 42, -2.25)",
                "99.56% 1.234568e+04 1E+20 0xff 010 A    42|42   |-02.2",
                "('%.14g %g %g %g %.0f %.3d'):format(1/3, 1e-5, 100000, 1e6, 0.5, 7)",
                "0.33333333333333 1e-05 100000 1e+06 0 007",
                "select(2, pcall(string.format, '%y', 1))",
                "invalid option '%y' to 'format'",
                "select(2, pcall(string.format, '%d', 'x'))",
                "bad argument #2 to '?' (number expected, got string)");
    }

    @Test
    @Tag("L-56")
    void integersOf64Bits() throws ScriptException {
        assertValues(
                "string.format('%d %d %u', 2^40, -1e10, 42)",
                "1099511627776 -10000000000 42", "string.format('%x', -1)", "f".repeat(16));
    }

    @Test
    @Tag("L-57")
    void quoting() throws ScriptException {
        assertValues("string.format('%q', 'a\"b\\n\\0\\r\\\\')", "\"a\\\"b\\\n\\000\\r\\\\\"");
    }
}
