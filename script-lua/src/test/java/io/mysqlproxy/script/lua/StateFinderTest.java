package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("J-03")
class StateFinderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "local n = 0\nfunction read_query() n = n + 1 end",
                "n = 0\nfunction read_query() n = n + 1 end",
                "function connect_server()\n n = 1 end function read_query() return n end",
                "local n\nfunction connect_server() n = 1 end\nfunction read_query() return n end",
                "local n\nfunction read_query() if not n then n = true end end",
                "local n\nlocal function set() n = 1 end\nfunction read_query() return n end",
                "local n\nfunction a() local function b() n = 1 end b() end\nfunction c() return n end",
                "local n = {}\nfunction a(k) n[k] = 1 end",
                "local n = {}\nfunction a(k) n.k = 1 end",
                "n = {}\nfunction a(k) n.k = 1 end",
                "n = {}\nfunction a(k) n[#n + 1] = k end"
            })
    void whatIsKeptIsFound(String text) throws ScriptException {
        assertThat(new LuaFixture().compile(text).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.name()).isEqualTo("n"))
                .satisfies(warning -> assertThat(warning.lines()).containsExactly(2));
    }

    @Test
    void everyLineThatSetsItIsNamed() throws ScriptException {
        assertThat(new LuaFixture()
                        .compile("local n\nfunction a()\n n = 1\n n = 2 end\nfunction b() return n end")
                        .warnings()
                        .get(0)
                        .lines())
                .isEqualTo(List.of(3, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local n = 0\nfunction read_query() return n end",
                "local n = 0\nn = n + 1\nfunction read_query() return n end",
                "function read_query() local n = 1; n = n + 1; return n end",
                "function read_query() n = 1 return n end",
                "local n\nfunction read_query() n = 1 return n end",
                "function read_query() proxy.n = 1 proxy.global.n = (proxy.global.n or 0) + 1 end",
                "local g = proxy.global\nfunction read_query() g.n = (g.n or 0) + 1 end",
                "function read_query() proxy.response = { type = 1 } proxy.response.rows = {} end",
                "function read_query() local t = {} for i = 1, 3 do t[i] = i end return t end",
                "local function helper() local t = {} t.x = 1 return t end\nfunction read_query() return helper() end",
                "local m = require('m')\nfunction read_query() m.debug = true end"
            })
    void whatIsNotKeptIsNoMatter(String text) throws ScriptException {
        assertThat(new LuaFixture().compile(text).warnings()).isEmpty();
    }
}
