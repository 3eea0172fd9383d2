package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where an error says it comes from. */
class ErrorTextTest {
    private static final LuaFixture LUA = new LuaFixture();

    private static String failure(String path, String text) {
        ScriptContext context = LUA.newContext();
        ScriptException failure = catchThrowableOfType(
                ScriptException.class,
                () -> LUA.compile(path, text.getBytes(StandardCharsets.UTF_8)).newInstance(context));
        assertThat(failure).isNotNull();
        return failure.getMessage();
    }

    private static String failure(String text) {
        return failure(LuaFixture.FILE, text);
    }

    @Test
    @Tag("L-67")
    void positionsAndLevels() throws ScriptException {
        assertThat(failure("\n\nerror('boom')")).isEqualTo("[string \"/x/y.lua\"]:3: boom");
        assertThat(failure("error('boom', 0)")).isEqualTo("boom");
        assertThat(failure("local function f()\n error('boom', 2)\nend\n\nf()"))
                .isEqualTo("[string \"/x/y.lua\"]:5: boom");
        assertThat(LUA.evaluate("select(2, pcall(function() error('boom') end))"))
                .isEqualTo("[string \"/x/y.lua\"]:1: boom");
        assertThat(LUA.evaluate("select(2, pcall(error, 'boom'))")).isEqualTo("boom");
    }

    @Test
    void runTimeErrorsHaveThePositionOfTheirLine() {
        assertThat(failure("local a\n\nlocal b = a.b")).startsWith("[string \"/x/y.lua\"]:3: attempt to index");
        assertThat(failure("local function f()\n return 1 + {}\nend\nlocal x = f()"))
                .startsWith("[string \"/x/y.lua\"]:2: attempt to perform arithmetic");
        assertThat(failure("\nassert(false)")).isEqualTo("[string \"/x/y.lua\"]:2: assertion failed!");
        assertThat(failure("\nassert(nil, 'so')")).isEqualTo("[string \"/x/y.lua\"]:2: so");
        assertThat(failure("error({})")).isEqualTo("(null)");
        assertThat(failure("error()")).isEqualTo("(null)");
    }

    @Test
    @Tag("L-68")
    void shortSources() {
        String longest = "/" + "a".repeat(42);
        assertThat(failure(longest, "error('x')")).isEqualTo("[string \"" + longest + "\"]:1: x");
        assertThat(failure(longest + "b", "error('x')")).isEqualTo("[string \"" + longest + "...\"]:1: x");
        assertThat(failure("loadstring(\"error('x')\", '@short.lua')()")).isEqualTo("short.lua:1: x");
        String name = "d/".repeat(30) + "m.lua";
        assertThat(failure("loadstring(\"error('x')\", '@" + name + "')()"))
                .isEqualTo("..." + name.substring(name.length() - 52) + ":1: x");
    }

    @Test
    void bytesOfMessagesSurvive() throws ScriptException {
        assertThat(LUA.evaluate("select(2, pcall(error, 'a\\255\\0b', 0))")).isEqualTo("a\u00ff\u0000b");
        assertThat(LUA.evaluate("select(2, pcall(function() error('\\255') end))"))
                .isEqualTo("[string \"/x/y.lua\"]:1: \u00ff");
    }

    @Test
    void syntaxErrors() {
        assertThat(failure("x = = 1")).isEqualTo("[string \"/x/y.lua\"]:1: unexpected symbol near '='");
        assertThat(failure("#!/usr/bin/lua\n")).startsWith("[string \"/x/y.lua\"]:1: ");
        assertThat(failure("local a = ...")).contains("cannot use '...' outside a vararg function");
        assertThat(failure("\033Lua")).startsWith("[string \"/x/y.lua\"]:");
        assertThat(failure("if x then\n\n")).startsWith("[string \"/x/y.lua\"]:");
        assertThat(failure("x = 'abc")).contains("unfinished string near ''abc'");
    }
}
