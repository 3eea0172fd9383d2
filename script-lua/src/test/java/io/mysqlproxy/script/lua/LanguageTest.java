package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where LuaJ's language and library had to be brought back to Lua 5.1. */
class LanguageTest {
    private static final LuaFixture LUA = new LuaFixture();

    private static void assertValues(String... expressionsAndTexts) throws ScriptException {
        for (int i = 0; i < expressionsAndTexts.length; i += 2) {
            String expression = expressionsAndTexts[i];
            assertThat(LUA.evaluate(expression)).as(expression).isEqualTo(expressionsAndTexts[i + 1]);
        }
    }

    @Test
    @Tag("L-03")
    void versionAndPackageTable() throws ScriptException {
        assertValues(
                "_VERSION", "Lua 5.1",
                "type(package.path) .. type(package.cpath)", "stringstring",
                "type(package.loaded) .. type(package.preload) .. type(package.loaders)", "tabletabletable");
    }

    @Test
    @Tag("L-58")
    void caseOfBytes() throws ScriptException {
        assertValues(
                "(function() for b = 128, 255 do local c = string.char(b) "
                        + "if c:upper() ~= c or c:lower() ~= c then return b end end end)()",
                "nil",
                "#('straße'):upper()",
                "7",
                "('aZ1'):upper() .. ('aZ1'):lower()",
                "AZ1az1");
    }

    @Test
    @Tag("L-59")
    void emptyMatchesAdvance() throws ScriptException {
        assertValues(
                "(function() local n = 0 for w in ('a,b,,c'):gmatch('([^,]*)') do n = n + 1 end return n end)()",
                "7",
                "(function() local n = 0 for w in ('abc'):gmatch('') do n = n + 1 end return n end)()",
                "4",
                "(function() local s = '' for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do s = s .. k .. v end return s end)()",
                "a1b2");
    }

    @Test
    @Tag("L-61")
    void repetition() throws ScriptException {
        assertValues("('x'):rep(-1)", "", "pcall(string.rep, 'x', 1e10)", "false", "('ab'):rep(3)", "ababab");
    }

    @Test
    @Tag("L-63")
    void textToNumber() throws ScriptException {
        assertValues(
                "tonumber('-')", "nil",
                "tonumber('12\\n')", "12",
                "tonumber('-0x10')", "-16",
                "tonumber('0x')", "nil",
                "tonumber('12\\0')", "12",
                "tonumber(' 1e3 ')", "1000",
                "tonumber('.5')", "0.5",
                "tonumber('5.')", "5",
                "tonumber('.')", "nil",
                "tonumber('1e')", "nil",
                "tonumber('1f')", "nil",
                "tonumber('ff', 16)", "255",
                "tonumber('8', 8)", "nil",
                "'10' + '\\t0x10 '", "26",
                "pcall(function() return '-' + 0 end)", "false");
    }

    @Test
    @Tag("L-65")
    void timeAndDate() throws ScriptException {
        assertValues(
                "os.time() % 1",
                "0",
                "os.date('!%F %T %D %e', 0)",
                "1970-01-01 00:00:00 01/01/70  1",
                "os.date('!%I', 0)",
                "12",
                "os.date('!%c', 0)",
                "Thu Jan  1 00:00:00 1970",
                "os.date('!%a %A %b %B %C %d %g %G %h %H %j %m %M %n %p %r %R %S %t %u %U %V %w %W %x %X %y %Y %%', 86400 * 3)",
                "Sun Sunday Jan January 19 04 70 1970 Jan 00 004 01 00 \n AM 12:00:00 AM 00:00 00 \t 7 01 01 0 00 "
                        + "01/04/70 00:00:00 70 1970 %",
                "os.date('!*t', 0).year",
                "1970",
                "os.date('*t', os.time { year = 2024, month = 14, day = 1 }).month",
                "2",
                "select(2, pcall(os.time, {}))",
                "field 'day' missing in date table");
    }

    @Test
    @Tag("L-71")
    void errorValuesAreKept() throws ScriptException {
        assertValues(
                "(function() local t = { code = 1 } return select(2, pcall(error, t)) == t end)()",
                "true",
                "(function() local t = {} local c = coroutine.create(function() error(t) end) "
                        + "return select(2, coroutine.resume(c)) == t end)()",
                "true",
                "(function() local c = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b * 2 end) "
                        + "return c(1) .. ' ' .. c(10) end)()",
                "2 20",
                "coroutine.running()",
                "nil");
    }

    @Test
    @Tag("L-73")
    void environmentsOfFunctions() throws ScriptException {
        assertThat(LUA.value("""
                        x = 'outer'
                        local function f() return x end
                        local function g() return x end
                        local t = { x = 'inner' }
                        assert(setfenv(f, t) == f and getfenv(f) == t)
                        assert(getfenv(g) == getfenv(1) and getfenv(1) ~= _G and getfenv(0) == _G)
                        local function h() setfenv(1, { x = 'changed' }) return x end
                        proxy.response.value = f() .. ' ' .. g() .. ' ' .. h()
                        """)).isEqualTo("inner outer changed");
    }

    @Test
    @Tag("L-76")
    void functionsThatLua52Dropped() throws ScriptException {
        assertValues(
                "table.getn { 1, 2 }", "2",
                "(function(...) return arg.n .. arg[2] end)('a', 'b', 'c')", "3b",
                "math.mod(7, 3)", "1",
                "string.gfind == string.gmatch", "true",
                "table.maxn { [10] = 1 }", "10",
                "select('#', unpack { 1, 2 })", "2",
                "math.log10(1000)", "3",
                "table.foreachi({ 5, 6 }, function(i, v) if v == 6 then return i end end)", "2",
                "table.foreach({ a = 1 }, function(k) return k end)", "a",
                "type(newproxy(true))", "userdata",
                "type(gcinfo())", "number");
    }

    @Test
    @Tag("L-77")
    void collectgarbageIsCheap() throws ScriptException {
        long start = System.nanoTime();
        assertValues(
                "(function() for i = 1, 10000 do collectgarbage('collect') end end)()", "nil",
                "collectgarbage('count') > 0", "true",
                "collectgarbage('stop')", "0");
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }

    @Test
    @Tag("L-79")
    void noWayIntoJava() throws ScriptException {
        assertValues(
                "luajava",
                "nil",
                "pcall(require, 'java.lang.Runtime')",
                "false",
                "select(2, pcall(require, 'java.lang.Runtime')):match(\"^module 'java.lang.Runtime' not found:\")",
                "module 'java.lang.Runtime' not found:");
    }

    @Test
    @Tag("L-75")
    void loadingTexts() throws ScriptException {
        assertValues(
                "loadstring('return 1 + 1')()",
                "2",
                "select(2, loadstring('return 1 +'))",
                "[string \"return 1 +\"]:1: unexpected symbol near '<eof>'",
                "loadstring('\\27Lua')",
                "nil",
                "loadstring(string.dump(function() end))",
                "nil",
                "(function() local parts = { 'return ', '7' } local i = 0 "
                        + "return load(function() i = i + 1 return parts[i] end)() end)()",
                "7",
                "getfenv(loadstring('return 1')) == _G",
                "true",
                "select(2, loadfile('/no/such.lua'))",
                "cannot open /no/such.lua: No such file or directory");
    }

    @Test
    void argumentErrors() throws ScriptException {
        assertValues(
                "select(2, pcall(string.rep))",
                "bad argument #1 to '?' (string expected, got no value)",
                "select(2, pcall(tonumber))",
                "bad argument #1 to '?' (value expected)",
                "select(2, pcall(pairs, proxy.queries))",
                "bad argument #1 to '?' (table expected, got userdata)");
    }
}
