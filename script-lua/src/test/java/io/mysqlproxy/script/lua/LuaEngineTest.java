package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptEngineTck;
import io.mysqlproxy.script.TckScript;

/** The contract test, in Lua. */
class LuaEngineTest extends ScriptEngineTck {
    @Override
    protected ScriptEngine engine() {
        return new LuaEngine();
    }

    @Override
    protected int firstIndex() {
        return 1;
    }

    @Override
    protected String asking(String expression) {
        return hook("if " + expression + " ~= nil then return 1 end return 0");
    }

    @Override
    protected String text(TckScript script) {
        return switch (script) {
            case SYNTAX_ERROR -> "local x = 1\nlocal = 2\n";
            case BODY_ERROR -> "local x = 1\n\nerror('body broke')\n";
            case HOOK_ERROR -> "function read_query(packet)\n\n  error('hook broke')\nend\n";
            case RECURSION -> "local function deep() return 1 + deep() end " + hook("return deep()");
            case DECISIONS -> """
                function read_query(packet)
                  local answers = { zero = 0, send = proxy.PROXY_SEND_QUERY, result = proxy.PROXY_SEND_RESULT }
                  return answers[packet]
                end
                function disconnect_client() end
                """;
            case LATE_HOOK -> "getfenv(1)['read' .. '_query'] = function() return 7 end";
            case COUNTER -> "local n = 0 " + hook("n = n + 1 return n");
            case ATTRIBUTE -> hook("proxy.seen = (proxy.seen or 0) + 1 return proxy.seen");
            case STORE -> hook("proxy.global.n = (proxy.global.n or 0) + 1 return proxy.global.n");
            case STORE_IN_BODY -> "proxy.global.started = 3 " + hook("return proxy.global.started");
            case RESPONSE -> hook("""
                        proxy.response.type = 255
                        proxy.response.errmsg = "a\\255\\0"
                        proxy.response.truth = true
                        proxy.response.lie = false
                        proxy.response.fraction = 2.9
                        proxy.response.nothing = nil
                        proxy.response.resultset = {
                          fields = { { name = "a", type = 3 }, { name = "b" } },
                          rows = { { "x", nil, 12 }, { "y" } }
                        }
                        proxy.response.packets = { "p1", "p2" }
                        """);
            case BYTES -> hook("proxy.response.packet = packet proxy.connection.label = packet return #packet");
            case LABEL -> hook("proxy.response.packet = proxy.connection.label");
            case RECORD_ARGUMENT -> "function read_auth_result(auth) proxy.response.packet = auth.packet end";
            default -> objects(script);
        };
    }

    private static String objects(TckScript script) {
        return switch (script) {
            case EQUALITY -> hook("""
                        local c = proxy.connection
                        local same = c == proxy.connection and c.item == c.item and c.item ~= c
                        return same and 1 or 0
                        """);
            case VALUES ->
                hook("for _, k in ipairs { 'whole', 'big', 'real', 'text', 'truth' } do "
                        + "proxy.response[k] = proxy.connection[k] end");
            case NOTHING -> hook("return proxy.connection.nothing == nil and 1 or 0");
            case SET_INDEX -> hook("proxy.connection.place = 1");
            case GET_INDEX -> hook("return proxy.connection.place");
            case SET_VALUES -> hook("proxy.connection.weight = 2^40 proxy.connection.closing = true");
            case READ_ONLY -> raising("proxy.connection.whole = 8");
            case CAUGHT -> raising("return proxy.connection.broken");
            case NOT_CAUGHT -> "function read_query(packet)\n  return proxy.connection.broken\nend";
            case UNAVAILABLE -> hook("return proxy.connection.unavailable == nil and 1 or 0");
            case FLAGS -> hook("local f = proxy.connection.flags return f.up == true and f.down == false and 1 or 0");
            case ITEMS ->
                hook("local names = '' for i = 1, #proxy.items do names = names .. proxy.items[i].name end "
                        + "proxy.response.names = names return #proxy.items");
            case PAST_ITEMS -> hook("return proxy.items[#proxy.items + 1] == nil and proxy.items[0] == nil and 1 or 0");
            case KEYED -> hook("proxy.response.name = proxy.users[packet].name");
            case EACH -> hook("""
                        local cells, empty = '', 0
                        for _ = 1, 2 do
                          for row in proxy.connection.rows do
                            cells = cells .. row[1]
                            if row[2] == nil then empty = empty + 1 end
                          end
                        end
                        proxy.response.cells = cells
                        return empty
                        """);
            case LIST ->
                hook("local p = proxy.connection.pair proxy.response.first = p[1] "
                        + "proxy.response.second = p[2].name return #p");
            case OPTIONS ->
                hook("proxy.queries:append(1, 'x') "
                        + "proxy.queries:append(1, 'x', { resultset_is_needed = true }) return #proxy.queries");
            case MISSING_ARGUMENT -> raising("proxy.queries:append(1)");
            case WRONG_ARGUMENT -> raising("proxy.queries:append('x', 'y')");
            case RECORD -> hook("proxy.queries:note({ name = 'n', size = 5 })");
            case CELLS -> hook("proxy.queries:note({ [packet] = 'v', n = 5 })");
            case CELL_NAMES -> hook("proxy.queries:note({ [7] = 'v' })");
            case MODULE -> hook("local m = require('mysql.tck') assert(m == tck) return m.twice(21)");
            case MAP ->
                hook(
                        "local d = require('mysql.tck').describe(true) proxy.response.name, proxy.response.size = d.name, d.size "
                                + "return d.given == true and d.nothing == nil and 1 or 0");
            case REFUSALS ->
                hook(
                        "local refuse = require('mysql.tck').refuse local n = 0 for _, how in ipairs { 'missing', 'bad' } do "
                                + "local ok, text = pcall(refuse, how) if not ok and type(text) == 'string' then n = n + 1 end "
                                + "end return n");
            default -> throw new IllegalArgumentException(script.name());
        };
    }

    private static String hook(String body) {
        return "function read_query(packet) " + body + " end";
    }

    private static String raising(String statement) {
        return hook("local ok, message = pcall(function() " + statement
                + " end) proxy.response.message = message return ok and 0 or 1");
    }
}
