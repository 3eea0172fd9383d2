package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.script.ScriptException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lua.timeout-ms}. */
@Timeout(20)
class TimeLimitTest {
    private static final LuaFixture LUA = new LuaFixture(Map.of("lua.timeout-ms", "50"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while true do end",
                "repeat until false",
                "for i = 1, math.huge do end",
                "for _ in function() return 1 end do end",
                "local function f() return f() end f()",
                "while true do pcall(function() while true do end end) end",
                "xpcall(function() while true do end end, function() return 1 end)",
                "coroutine.wrap(function() while true do end end)()",
                "coroutine.resume(coroutine.create(function() pcall(function() while true do end end) end))",
                "local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end }) while true do pcall(function() return t[1] end) end",
                "table.sort({ 1, 2 }, function() while true do end end)",
                "(('a'):rep(4000)):find(('a-'):rep(8) .. 'b')",
            })
    void endsWhatWouldRunForEver(String script) {
        assertThatThrownBy(() -> LUA.value(script))
                .isInstanceOf(ScriptException.class)
                .hasMessage("script timed out after 50 ms");
    }

    @Test
    void isForEachCall() throws ScriptException {
        LuaFixture lua = new LuaFixture(Map.of("lua.timeout-ms", "1000"));
        for (int i = 0; i < 4; i++) {
            assertThat(lua.evaluate("os.execute('sleep 0.3')")).isEqualTo("0");
        }
    }

    @Test
    void isOffByDefaultAndANumber() throws ScriptException {
        assertThat(new LuaFixture().evaluate("(function() for i = 1, 3e6 do end return 1 end)()"))
                .isEqualTo("1");
        assertThatThrownBy(() -> new LuaFixture(Map.of("lua.timeout-ms", "soon")))
                .hasMessageContaining("lua.timeout-ms");
    }
}
