package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code require}, {@code module} and {@code package}. */
class ModuleTest {
    private LuaFixture lua;
    private ScriptContext context;

    @BeforeEach
    void open() {
        lua = new LuaFixture();
        context = lua.newContext();
    }

    private Integer hook(String body) throws ScriptException {
        return lua.run("function read_query(packet) " + body + " end", context);
    }

    @Test
    @Tag("C-15")
    void packagePathIsWhatIsShippedOrWhatTheUserSays() throws ScriptException {
        if (System.getenv("LUA_PATH") == null) {
            assertThat(lua.evaluate("package.path")).isEqualTo("/opt/base/lib/mysql-proxy/lua/?.lua");
        }
        LuaFixture other = new LuaFixture(Map.of("lua.path", "/a/?.lua;;"));
        assertThat(other.evaluate("package.path")).startsWith("/a/?.lua;./?.lua;/usr/local");
    }

    @Test
    @Tag("L-72")
    void modules(@TempDir Path directory) throws ScriptException, IOException {
        Files.writeString(directory.resolve("m.lua"), """
                local function before() late = 1 end
                module("m", package.seeall)
                value = (value or 0) + 1
                name = _NAME
                function twice(n) return n * 2 end
                before()
                assert(tostring(twice) and late == 1)
                """);
        String path = "package.path = '" + directory + "/?.lua' ";
        assertThat(hook(path + "local m = require('m') assert(m == package.loaded.m and m == _G.m and _G.late == 1 "
                        + "and rawget(_G, 'value') == nil and rawget(m, 'late') == nil and m.name == 'm') "
                        + "return m.twice(m.value)"))
                .isEqualTo(2);
        assertThat(lua.run("function read_query() return require('m').value end", lua.newContext()))
                .as("the file ran once")
                .isEqualTo(1);
    }

    @Test
    @Tag("C-16")
    void twoConnectionsGetTheSameModule(@TempDir Path directory) throws ScriptException, IOException {
        Files.createDirectories(directory.resolve("x"));
        Files.writeString(
                directory.resolve("x/y.lua"),
                "proxy.global.runs = (proxy.global.runs or 0) + 1 module('x.y', package.seeall)");
        String body = "package.path = '" + directory + "/?.lua' function read_query() local m = require('x.y') "
                + "local same = proxy.global.m == nil or proxy.global.m == m proxy.global.m = m "
                + "return same and type(m) == 'table' and proxy.global.runs or 0 end";
        assertThat(lua.run(body, context)).isEqualTo(1);
        assertThat(lua.run(body, lua.newContext())).isEqualTo(1);
    }

    @Test
    void dottedModulesBelowProxyBelongToTheConnection(@TempDir Path directory) throws ScriptException, IOException {
        Files.createDirectories(directory.resolve("proxy"));
        Files.writeString(directory.resolve("proxy/foo.lua"), "module('proxy.foo', package.seeall) bar = _PACKAGE");
        String path = "package.path = '" + directory + "/?.lua' ";
        assertThat(hook(path + "return require('proxy.foo').bar == 'proxy.' and proxy.foo.bar == 'proxy.' and 1"))
                .isEqualTo(1);
        assertThat(lua.run(
                        "function read_query() return require('proxy.foo').bar == 'proxy.' and proxy.foo == nil and 1 end",
                        lua.newContext()))
                .isEqualTo(1);
    }

    @Test
    void modulesThatCannotBeLoaded(@TempDir Path directory) throws ScriptException, IOException {
        Files.writeString(directory.resolve("bad.lua"), "x = = 1");
        Files.writeString(directory.resolve("loop.lua"), "require('loop')");
        String path = "package.path = '" + directory + "/?.lua' ";
        assertThat(lua.value(path + "proxy.response.value = select(2, pcall(require, 'bad'))"))
                .startsWith("error loading module 'bad' from file '" + directory + "/bad.lua':\n\t")
                .endsWith("bad.lua:1: unexpected symbol near '='");
        assertThat(lua.value(path + "proxy.response.value = select(2, pcall(require, 'none'))"))
                .isEqualTo("module 'none' not found:\n\tno field package.preload['none']\n\tno file '" + directory
                        + "/none.lua'");
        assertThat(lua.value(path + "proxy.response.value = select(2, pcall(require, 'loop'))"))
                .endsWith("loop or previous error loading module 'loop'");
    }
}
