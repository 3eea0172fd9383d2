package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What scripts see of themselves: bytes, lines, calls. */
class SourceLevelTest {
    private static final LuaFixture LUA = new LuaFixture();

    @Test
    @Tag("L-60")
    void frontiersAndNuls() throws ScriptException {
        assertThat(LUA.evaluate("table.concat({('THE (quick) fox'):gsub('%f[%a]%a+', 'W')}, ' ')"))
                .isEqualTo("W (W) W 3");
        assertThat(LUA.evaluate("table.concat({('a\\0b\\0c'):gsub('%z', '0')}, ' ')"))
                .isEqualTo("a0b0c 2");
    }

    @Test
    @Tag("L-62")
    void bytesHaveNoSign() throws ScriptException {
        assertThat(LUA.evaluate("'\\200' > 'a'")).isEqualTo("true");
        assertThat(LUA.evaluate(
                        "(function() local t = { 'b', '\\200', 'a' } table.sort(t) return t[3] == '\\200' end)()"))
                .isEqualTo("true");
        assertThat(LUA.evaluate("('\\228'):match('%a')")).isEqualTo("nil");
        assertThat(LUA.evaluate("('\\v'):match('%s') == '\\v'")).isEqualTo("true");
    }

    @Test
    @Tag("L-64")
    void lengthsOfListsWithHoles() throws ScriptException {
        assertThat(LUA.evaluate("#{nil, nil, 3}")).isEqualTo("3");
        assertThat(LUA.evaluate("#{1, 2, 3, nil, 5}")).isEqualTo("5");
        assertThat(LUA.evaluate("select('#', unpack({1, nil, 3}))")).isEqualTo("3");
    }

    @Test
    @Tag("L-66")
    void processesAndFiles() throws ScriptException {
        assertThat(LUA.evaluate("os.execute('exit 3')")).isEqualTo("768");
        assertThat(LUA.evaluate("io.popen('echo hi; exit 3'):read('*a')")).isEqualTo("hi\n");
        assertThat(LUA.value("""
                        local name = os.tmpname()
                        local f = assert(io.open(name, 'w')) f:write('aaa') f:close()
                        f = assert(io.open(name, 'r+'))
                        local written = f:write('b')
                        f:close()
                        f = io.open(name)
                        proxy.response.value = tostring(written) .. ' ' .. f:read('*a')
                        f:close()
                        os.remove(name)
                        """)).isEqualTo("true baa");
        assertThat(LUA.evaluate(
                        "(function() local f = io.tmpfile() f:write('0x1F') f:seek('set') return f:read('*n') end)()"))
                .isEqualTo("31");
    }

    @Test
    @Tag("L-69")
    void tracebackOfAHook() throws ScriptException {
        String script = "\n".repeat(31) + "function read_query()" + "\n".repeat(16)
                + "proxy.response.value = debug.traceback()\nend";
        ScriptContext context = LUA.newContext();
        LUA.compile(script).newInstance(context).call(Hook.READ_QUERY, context, Bytes.utf8("\003"));
        assertThat(context.response().text("value").toLatin1())
                .isEqualTo("stack traceback:\n\t[string \"/x/y.lua\"]:48: in function <[string \"/x/y.lua\"]:32>");
    }

    @Test
    @Tag("L-70")
    void positionOfAStackOverflow() throws ScriptException {
        assertThat(LUA.evaluate("select(2, pcall(function() local function f() return 1 + f() end return f() end))"))
                .isEqualTo("[string \"/x/y.lua\"]:1: stack overflow");
        assertThat(
                        LUA.evaluate(
                                "coroutine.resume(coroutine.create(function() local function f() return 1 + f() end return f() end))"))
                .isEqualTo("false");
        assertThat(LUA.evaluate("'still ' .. 'here'")).isEqualTo("still here");
    }

    @Test
    void allBytesPass() throws ScriptException {
        assertThat(LUA.value("""
                        local all = {}
                        for i = 0, 255 do all[#all + 1] = string.char(i) end
                        local s = table.concat(all)
                        local t = { [s] = 1 }
                        assert(t[s:sub(1, 100) .. s:sub(101)] == 1 and #s:gsub('%z', '') == 255)
                        proxy.response.value = s
                        """)).hasSize(256).startsWith("\0\1").endsWith("\u00fe\u00ff");
        byte[] text = "proxy.response.value = '\ud83d\ude00'".getBytes(StandardCharsets.UTF_8);
        assertThat(LUA.value(new String(text, StandardCharsets.UTF_8)))
                .isEqualTo(new String("\ud83d\ude00".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @Test
    void suspendedCoroutinesHaveDaemonThreads() throws ScriptException {
        LUA.value("keep = coroutine.create(function() coroutine.yield() end) coroutine.resume(keep)");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("lua-coroutine"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }
}
