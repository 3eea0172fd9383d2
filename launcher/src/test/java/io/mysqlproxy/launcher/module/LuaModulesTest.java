package io.mysqlproxy.launcher.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and globals of the modules in Java, and the small ones themselves; in Lua. */
class LuaModulesTest {
    private ModuleFixture lua;

    @BeforeEach
    void open() {
        lua = ModuleFixture.lua();
    }

    private void passes(String body) throws ScriptException {
        lua.run(body);
    }

    private String error(String call) throws ScriptException {
        return lua.value("proxy.response.value = select(2, pcall(function() " + call + " end))");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mysql.proto", "mysql.password", "mysql.tokenizer", "chassis", "glib2", "posix", "lfs", "lpeg"})
    @Tag("L-01")
    @Tag("L-02")
    void everyModuleWithoutAnyPath(String name) throws ScriptException {
        String global = name.substring(name.indexOf('.') + 1);
        ModuleFixture bare = ModuleFixture.lua("");
        bare.run("assert(package.path == '') local m = require('" + name + "') assert(type(m) == 'table' and m == _G."
                + global
                + " and package.loaded['" + name + "'] == m and package.loaded['" + global + "'] == m) "
                + "for _, key in ipairs { '_VERSION', '_DESCRIPTION', '_COPYRIGHT' } do "
                + "assert(type(m[key]) == (m == lpeg and 'nil' or 'string')) end");
    }

    @Test
    void versions() throws ScriptException {
        passes("assert(require('mysql.proto')._VERSION == 'LuaMySQLProto 0.1')"
                + " assert(require('mysql.password')._VERSION == 'LuaMySQLPassword 0.1')"
                + " assert(require('mysql.tokenizer')._VERSION == 'LuaMySQLTokenizer 0.1')"
                + " assert(require('chassis')._VERSION == 'LuaChassis 0.2')"
                + " assert(require('glib2')._VERSION == 'LuaGlib2 0.1')"
                + " assert(require('posix')._VERSION == 'LuaPosix 0.1')");
    }

    @Test
    @Tag("L-04")
    void globalsOfModulesAreEverywhere() throws ScriptException {
        passes("assert(posix == nil) require('posix')");
        passes("assert(type(posix.getpid()) == 'number')");
    }

    @Test
    void anExistingTableIsExtended() throws ScriptException {
        passes("_G.glib2 = { mine = 1 } local m = require('glib2') assert(m == _G.glib2 and m.mine == 1 and m.md5)");
        passes("_G.posix = 5 local ok, e = pcall(require, 'posix') assert(not ok and e:find('name conflict'))");
    }

    @Test
    @Tag("L-23")
    void passwords() throws ScriptException {
        passes("""
                local p = require("mysql.password")
                local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
                assert(hex(p.hash("")) == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
                assert(hex(p.hash("123")) == "40bd001563085fc35165329ea1ff5c5ecbdbbeef")
                assert(hex(p.hash(p.hash(123))) == "23ae809ddacaf96af0fd78ed04b6a265e05aa257")
                local c = "01234567890123456789"
                assert(hex(p.scramble(c, p.hash("123"))) == "a122ab20965cfe1f2ee156395ee4c1e64378f640")
                assert(hex(p.scramble(c .. "\\0", p.hash("123"))) == "a122ab20965cfe1f2ee156395ee4c1e64378f640")
                assert(p.scramble("short", p.hash("123")) == "" and p.scramble(c, "short") == "")
                """);
    }

    @Test
    @Tag("L-24")
    void passwordsAreChecked() throws ScriptException {
        passes("""
                local p = require("mysql.password")
                local h = p.hash("123")
                for _, c in ipairs { "01234567890123456789", "01234567890123456789\\0" } do
                    assert(p.unscramble(c, p.scramble(c, h), p.hash(h)) == h)
                    assert(p.check(c, p.scramble(c, h), p.hash(h)) == true)
                    assert(p.check(c, p.scramble(c, p.hash("124")), p.hash(h)) == false)
                end
                local c = "01234567890123456789"
                assert(p.check("short", p.scramble(c, h), p.hash(h)) == false)
                assert(p.check(c, "", p.hash(h)) == false and p.check(c, p.scramble(c, h), "") == false)
                assert(p.check(c, "", "") == false and p.unscramble(c, "", "") == "")
                """);
    }

    @Test
    void passwordsOfSha2() throws ScriptException {
        passes("""
                local p = require("mysql.password")
                local c, h = "01234567890123456789", p.sha2_hash("123")
                assert(#h == 32 and h:byte(1) == 0xa6 and h:byte(32) == 0xe3)
                local r = p.sha2_scramble(c, h)
                assert(#r == 32 and p.sha2_unscramble(c .. "\\0", r, p.sha2_hash(h)) == h)
                assert(p.sha2_check(c, r, p.sha2_hash(h)) == true)
                assert(p.sha2_check(c, r, h) == false and p.sha2_check(c, "x", h) == false)
                """);
    }

    @Test
    @Tag("L-25")
    void tokenArrays() throws ScriptException {
        passes("""
                local tokenize = require("mysql.tokenizer").tokenize
                local tokens = tokenize("select x")
                assert(type(tokens) == "userdata" and type(tokens[1]) == "userdata" and type(tokenize("x")) == "userdata")
                assert(#tokens == 2 and tokens[0] == nil and tokens[#tokens + 1] == nil and #tokenize("") == 0)
                local first = tokens[1]
                tokens[1] = nil
                tokens[7] = nil
                tokens[-1] = nil
                assert(tokens[1] == nil and #tokens == 2 and first.text == "select" and tokens[2].text == "x")
                assert(not pcall(function() tokens[1] = 5 end))
                """);
        assertThat(error("require('mysql.tokenizer').tokenize('x')[1] = 5"))
                .endsWith("bad argument #3 to '?' (nil expected, got number)");
        assertThat(error("return require('mysql.tokenizer').tokenize('x').y"))
                .endsWith("bad argument #2 to '?' (number expected, got string)");
        assertThat(error("require('mysql.tokenizer').tokenize('x')[1].text = 'y'"))
                .isNotNull();
    }

    @Test
    @Tag("L-26")
    void tokensHaveThreeFields() throws ScriptException {
        assertThat(error("return require('mysql.tokenizer').tokenize('x')[1].foo"))
                .endsWith("tokens[...] has no foo field");
        passes("""
                local t = require("mysql.tokenizer").tokenize("/*! a */ SELEcT 'b'")
                assert(t[1].token_name == "TK_COMMENT_MYSQL" and t[1].token_id == 261 and t[1].text == " a ")
                assert(t[2]["token_name"] == "TK_SQL_SELECT" and t[2].text == "SELEcT" and t[3].token_id == 7)
                """);
    }

    @Test
    @Tag("L-51")
    void glib() throws ScriptException {
        passes("""
                local glib2 = require("glib2")
                assert(glib2.md5("abc") == "900150983cd24fb0d6963f7d28e17f72")
                local now = glib2.get_current_time()
                assert(math.abs(now.tv_sec - os.time()) <= 1 and now.tv_usec >= 0 and now.tv_usec < 1000000)
                assert(select("#", glib2.usleep(1)) == 0)
                """);
        assertThat(error("require('glib2').usleep('x')"))
                .endsWith("bad argument #1 to 'usleep' (number expected, got string)");
    }

    @Test
    @Tag("L-52")
    void posix() throws ScriptException {
        assertThat(lua.value("proxy.response.value = require('posix').getpid()"))
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        passes("""
                require("posix")
                assert(posix.kill(posix.getpid(), 0) == 0 and posix.kill(999999, 0) == -1)
                local root = posix.getpwuid(0)
                assert(root.name == "root" and root.uid == 0 and root.gid == 0 and root.dir and root.shell)
                assert(posix.getpwuid(123456789) == nil)
                assert(posix.getpwuid(posix.getuid()) == nil or posix.getpwuid(posix.getuid()).uid == posix.getuid())
                """);
    }

    @Test
    @Tag("L-49")
    void statistics() throws ScriptException {
        passes("""
                local chassis = require("chassis")
                local stats = chassis.get_stats()
                for _, name in ipairs { "alloc", "free", "bytes", "bytes_max" } do
                    assert(type(stats.chassis["lua_mem_" .. name]) == "number")
                end
                assert(chassis.get_stats("nosuch") == nil and chassis.get_stats("Chassis").lua_mem_bytes > 0)
                assert(select("#", chassis.mem_profile()) == 0)
                """);
        assertThat(error("require('chassis').get_stats('a', 'b')"))
                .endsWith("bad argument #2 to 'get_stats' (currently only zero or one arguments are allowed)");
    }

    @Test
    void shutdown() throws ScriptException {
        passes("require('chassis').set_shutdown()");
        assertThat(lua.shutdowns).hasValue(1);
    }
}
