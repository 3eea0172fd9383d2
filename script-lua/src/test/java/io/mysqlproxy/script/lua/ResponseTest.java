package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code proxy.response} as the proxy reads it. */
class ResponseTest {
    private LuaFixture lua;
    private ScriptContext context;

    @BeforeEach
    void open() {
        lua = new LuaFixture();
        context = lua.newContext();
    }

    private void hook(String body) throws ScriptException {
        lua.run("function read_query(packet) " + body + " end", context);
    }

    @Test
    void theResponseCanBeReplaced() throws ScriptException {
        hook("proxy.response = { type = '255', errmsg = 12 }");
        assertThat(context.response().number("type")).isEqualTo(255);
        assertThat(context.response().text("errmsg")).isEqualTo(Bytes.utf8("12"));
        hook("proxy.response = 5");
        assertThat(context.response()).isNull();
        context.clearResponse();
        assertThat(context.response().has("type")).isFalse();
    }

    @Test
    @Tag("C-60")
    @Tag("J-35")
    void numbersInCells() throws ScriptException {
        hook("proxy.response.row = { 1e15, 123456789012345, 2^53, 2.5, true, {}, print }");
        var row = context.response().child("row");
        assertThat(row.size()).isEqualTo(7);
        assertThat(row.cellAt(0)).isEqualTo(Bytes.utf8("1e+15"));
        assertThat(row.cellAt(1)).isEqualTo(Bytes.utf8("1.2345678901234e+14"));
        assertThat(row.cellAt(2)).isEqualTo(Bytes.utf8("9.007199254741e+15"));
        assertThat(row.cellAt(3)).isEqualTo(Bytes.utf8("2.5"));
        assertThat(row.cellAt(4)).isNull();
        assertThat(row.cellAt(5)).isNull();
        assertThat(row.cellAt(6)).isNull();
    }

    @Test
    void entriesOfTheResponseAreReadWithMetamethods() throws ScriptException {
        hook("proxy.response = setmetatable({}, { __index = function(t, k) if k == 'type' then return 3 end "
                + "error('no ' .. k) end })");
        assertThat(context.response().number("type")).isEqualTo(3);
        assertThatThrownBy(() -> context.response().text("errmsg"))
                .isInstanceOf(ScriptException.class)
                .hasMessage("[string \"/x/y.lua\"]:1: no errmsg");
    }
}
