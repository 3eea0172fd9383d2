package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptExit;
import io.mysqlproxy.script.ScriptInstance;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Environments, look-ups and {@code proxy}: lua-api.md 1.3 and 1.4. */
class EnvironmentTest {
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
    void globalsOfAScriptAreItsOwn() throws ScriptException {
        assertThat(lua.run("x = 1 function read_query() return x + (_G.x and 10 or 0) end", context))
                .isEqualTo(1);
        assertThat(hook("return x == nil and _G.x == nil and 1 or 0")).isEqualTo(1);
        assertThat(hook("return getfenv(1) ~= _G and __proxy.queries == proxy.queries and 1 or 0"))
                .isEqualTo(1);
        assertThat(hook("return rawget(proxy, 'queries') == nil and 1 or 0")).isEqualTo(1);
    }

    @Test
    void loadedCodeRunsInTheSharedGlobals() throws ScriptException {
        assertThat(hook("loadstring('y = 5')() return _G.y")).isEqualTo(5);
        assertThat(lua.run("function read_query() return y end", lua.newContext()))
                .isEqualTo(5);
    }

    @Test
    @Tag("C-10")
    @Tag("J-31")
    void hooksInTheSharedGlobalsCount() throws ScriptException {
        Script other = lua.compile("local nothing");
        assertThat(other.mayDefine(Hook.DISCONNECT_CLIENT)).isFalse();
        ScriptInstance instance = other.newInstance(context);
        assertThat(instance.defines(Hook.DISCONNECT_CLIENT)).isFalse();
        hook("loadstring('function disconnect_' .. 'client() return 3 end')()");
        assertThat(other.mayDefine(Hook.DISCONNECT_CLIENT)).isTrue();
        assertThat(instance.defines(Hook.DISCONNECT_CLIENT)).isTrue();
        assertThat(instance.call(Hook.DISCONNECT_CLIENT, context)).isEqualTo(3);
        hook("_G['disconnect_' .. 'client'] = nil");
        assertThat(other.mayDefine(Hook.DISCONNECT_CLIENT)).isFalse();
        assertThat(instance.defines(Hook.DISCONNECT_CLIENT)).isFalse();
    }

    @Test
    void anotherMetatableOfTheEnvironmentIsAsked() throws ScriptException {
        ScriptInstance instance = lua.compile(
                        "setmetatable(getfenv(1), { __index = { read_auth = function() return 4 end } })")
                .newInstance(context);
        assertThat(instance.defines(Hook.READ_AUTH)).isTrue();
        assertThat(instance.call(Hook.READ_AUTH, context)).isEqualTo(4);
    }

    @Test
    @Tag("C-12")
    @Tag("J-04")
    void newAttributesBelongToTheConnection() throws ScriptException {
        hook("proxy.foo = 1");
        assertThat(hook("return proxy.foo")).isEqualTo(1);
        assertThat(lua.run("function read_query() return proxy.foo end", lua.newContext()))
                .isNull();
    }

    @Test
    @Tag("C-13")
    @Tag("J-33")
    void constantsBelongToTheProcessAndEntriesToTheConnection() throws ScriptException {
        hook("proxy.PROXY_SEND_QUERY = 77 proxy.queries = nil");
        assertThat(hook("return proxy.queries == nil and proxy.PROXY_SEND_QUERY"))
                .isEqualTo(77);
        assertThat(lua.run(
                        "function read_query() return proxy.queries and proxy.PROXY_SEND_QUERY end", lua.newContext()))
                .isEqualTo(77);
    }

    @Test
    @Tag("C-14")
    void theStoreIsATableThatHealsItself() throws ScriptException {
        assertThat(hook("return type(proxy.global) == 'table' and type(proxy.global.config) == 'table' and 1"))
                .isEqualTo(1);
        hook("proxy.global.backends = 5");
        assertThat(hook("return proxy.global.backends")).isEqualTo(5);
        lua.newContext();
        assertThat(hook("return type(proxy.global.backends) == 'userdata' and #proxy.global.backends"))
                .isEqualTo(2);
    }

    @Test
    @Tag("J-22")
    void theStoreSpeaksOfTheConnectionWhoseHookRuns() throws ScriptException {
        hook("proxy.mine = proxy.global.backends");
        LuaFixture other = new LuaFixture();
        ScriptContext elsewhere = lua.realm.newContext(other.look());
        assertThat(lua.run("function read_query() proxy.mine = proxy.global.backends return 1 end", elsewhere))
                .isEqualTo(1);
        assertThat(hook("return proxy.global.backends == proxy.mine and 1")).isEqualTo(1);
        assertThat(lua.run("function read_query() return proxy.global.backends == proxy.mine and 1 end", elsewhere))
                .isEqualTo(1);
    }

    @Test
    void closuresSeeTheConnectionThatCallsThem() throws ScriptException {
        hook("local up = 40 own = 2 proxy.n = 1 proxy.global.f = function() return proxy.n + up + own end");
        ScriptContext other = lua.newContext();
        assertThat(lua.run("own = 100 proxy.n = 7 function read_query() return proxy.global.f() end", other))
                .isEqualTo(49);
    }

    @Test
    void decisionsAreNumbersOrNumericTexts() throws ScriptException {
        assertThat(hook("return '2'")).isEqualTo(2);
        assertThat(hook("return 2.9")).isEqualTo(2);
        assertThat(hook("return 0")).isZero();
        assertThat(hook("return true")).isNull();
        assertThat(hook("return {}")).isNull();
        assertThat(hook("return 'x'")).isNull();
        assertThat(hook("return")).isNull();
    }

    @Test
    void hooksThatAreNoFunctionsAreNotCalled() throws ScriptException {
        ScriptInstance instance = lua.compile("read_auth = 5 read_query = {}").newInstance(context);
        assertThat(instance.defines(Hook.READ_AUTH)).isFalse();
        assertThat(instance.call(Hook.READ_AUTH, context)).isNull();
        assertThat(instance.call(Hook.READ_QUERY, context, Bytes.EMPTY)).isNull();
    }

    @Test
    @Tag("C-39")
    void hooksWithoutArgumentsGetNone() throws ScriptException {
        String count = "(...) proxy.seen = (proxy.seen or 0) + select('#', ...) return proxy.seen + 1 end ";
        ScriptInstance instance = lua.compile("function read_handshake" + count + "function read_auth" + count)
                .newInstance(context);
        assertThat(instance.call(Hook.READ_HANDSHAKE, context)).isEqualTo(1);
        assertThat(instance.call(Hook.READ_AUTH, context)).isEqualTo(1);
    }

    @Test
    @Tag("L-74")
    void whatIsSharedAndWhatIsNot() throws ScriptException {
        Script script = lua.compile("function read_query() x = (x or 0) + 1 proxy.x = (proxy.x or 0) + 1 "
                + "proxy.global.x = (proxy.global.x or 0) + 1 return x * 100 + proxy.x * 10 + proxy.global.x end");
        ScriptContext other = lua.newContext();
        assertThat(script.newInstance(context).call(Hook.READ_QUERY, context)).isEqualTo(111);
        assertThat(script.newInstance(context).call(Hook.READ_QUERY, context)).isEqualTo(122);
        ScriptInstance kept = script.newInstance(other);
        assertThat(kept.call(Hook.READ_QUERY, other)).isEqualTo(113);
        assertThat(kept.call(Hook.READ_QUERY, other)).isEqualTo(224);
    }

    @Test
    void recursionInAHookSaysSo() {
        assertThatThrownBy(() -> hook("local function f() return 1 + f() end return f()"))
                .isInstanceOf(ScriptException.class)
                .hasMessage("[string \"/x/y.lua\"]:1: stack overflow");
    }

    @Test
    void exitIsNoErrorOfTheScript() {
        assertThatThrownBy(() -> hook("pcall(function() os.exit(3) end)"))
                .isInstanceOfSatisfying(
                        ScriptExit.class, exit -> assertThat(exit.status()).isEqualTo(3));
    }

    @Test
    @Tag("L-78")
    void bytesStayWhole() throws ScriptException {
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        ScriptInstance instance = lua.compile(
                        "function read_query(packet) local t = { [packet:sub(1, 200) .. packet:sub(201)] = packet } "
                                + "proxy.response.back = t[packet] proxy.response.without = packet:gsub('%z', '') "
                                + "proxy.response.text = 'a\uD83D\uDE00' end")
                .newInstance(context);
        instance.call(Hook.READ_QUERY, context, Bytes.of(all));
        assertThat(context.response().text("back")).isEqualTo(Bytes.of(all));
        assertThat(context.response().text("without")).isEqualTo(Bytes.of(all, 1, 255));
        assertThat(context.response().text("text")).isEqualTo(Bytes.utf8("a\uD83D\uDE00"));
    }

    @Test
    void printWritesRawBytes() throws ScriptException {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            new LuaFixture().value("print('a\\255\\0', 1/3, nil)");
        } finally {
            System.setOut(before);
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("a\u00ff\u0000\t0.33333333333333\tnil\n");
    }

    @Test
    void infoAboutTheRunningFunction() throws ScriptException {
        assertThat(lua.evaluate("debug.getinfo(1, 'S').source")).isEqualTo("/x/y.lua");
        assertThat(lua.evaluate("debug.getinfo(1, 'S').short_src")).isEqualTo("[string \"/x/y.lua\"]");
    }
}
