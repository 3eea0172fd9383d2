package io.mysqlproxy.launcher.module;

import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules below {@code proxy/} that are written in Lua. */
class LuaLibrariesTest {
    private static final String PRELUDE = """
            local function is(value, expected)
                if value ~= expected then error(tostring(value) .. " is not " .. tostring(expected), 2) end
            end
            local function captured(f, ...)
                local lines, old = {}, _G.print
                _G.print = function(line) lines[#lines + 1] = tostring(line) end
                local ok, result = pcall(f, ...)
                _G.print = old
                if not ok then error(result, 0) end
                return table.concat(lines, "\\n"), result
            end
            """;

    private ModuleFixture lua;

    @BeforeEach
    void open() {
        lua = ModuleFixture.lua();
    }

    private ScriptRef passes(String body) throws ScriptException {
        return lua.run(PRELUDE + body);
    }

    @Test
    @Tag("L-34")
    void commands() throws ScriptException {
        passes("""
                local commands = require("proxy.commands")
                local c = commands.parse("\\3SELECT 1")
                is(c.type, 3) is(c.type_name, "COM_QUERY") is(c.query, "SELECT 1")
                is(commands.parse("\\23\\1\\2\\0\\0surplus").stmt_handler_id, 513)
                is(commands.parse("\\25\\1\\2\\0\\0").stmt_handler_id, 513)
                local bulk = commands.parse("\\250\\1\\2\\0\\0\\128\\0")
                is(bulk.type_name, "COM_STMT_BULK_EXECUTE") is(bulk.stmt_handler_id, 513)
                is(commands.pretty_print(bulk), "[COM_STMT_BULK_EXECUTE] 513")
                is(commands.parse("\\2db").schema, "db") is(commands.parse("\\4t").table, "t")
                is(commands.parse("\\4t\\0%").table, "t\\0%") is(commands.parse("\\27\\1\\0").option, "\\1\\0")
                is(commands.parse("\\22SELECT ?").query, "SELECT ?") is(commands.parse("\\14").type_name, "COM_PING")
                """);
    }

    @Test
    void rareCommands() throws ScriptException {
        passes("""
                local commands = require("proxy.commands")
                local line, c = captured(commands.parse, "\\31")
                is(line, "[debug] (command) unhandled type name:COM_RESET_CONNECTION byte:31")
                is(c.type_name, "COM_RESET_CONNECTION")
                line, c = captured(commands.parse, "\\99")
                is(line, "[debug] (command) unhandled type name:nil byte:99") is(c.type_name, nil)
                is(select(2, captured(commands.parse, "\\30")).type_name, "COM_BINLOG_DUMP_GTID")
                is(captured(commands.parse, "\\18"), "")
                assert(not pcall(commands.parse, "") and not pcall(commands.parse, "\\23\\1"))
                """);
    }

    @Test
    @Tag("L-35")
    void prettyPrint() throws ScriptException {
        passes("""
                local commands = require("proxy.commands")
                local function pretty(packet)
                    return commands.pretty_print((select(2, captured(commands.parse, packet))))
                end
                is(pretty("\\3SELECT 1"), "[COM_QUERY] SELECT 1") is(pretty("\\2db"), "[COM_INIT_DB] db")
                is(pretty("\\14"), "[COM_PING]") is(pretty("\\25\\1\\0\\0\\0"), "[COM_STMT_CLOSE] ... no idea")
                is(pretty("\\99"), "[unknown 99]") is(pretty("\\23\\1\\0\\0\\0"), "[COM_STMT_EXECUTE] 1")
                is(pretty("\\22x"), "[COM_STMT_PREPARE] x") is(pretty("\\4t"), "[COM_FIELD_LIST]")
                """);
    }

    @Test
    @Tag("L-36")
    void normalize() throws ScriptException {
        passes("""
                local t = require("proxy.tokenizer")
                local function n(sql) return t.normalize(t.tokenize(sql)) end
                is(n("select count(*) from mysql.user"), "SELECT COUNT( * ) FROM `mysql` . `user` ")
                is(n("create table t1 (id int) engine = myisam"), "CREATE TABLE `t1` ( `id` INT ) `engine` = `myisam` ")
                is(n("/* c */select /*! 1 */"), "SELECT /*! 1 */ ") is(n("SELECT @i := 1"), "SELECT @i := ? ")
                is(n("START SLAVE"), "START `SLAVE` ") is(n(""), "")
                is(n("CREATE TABLE commit ( id int )"), "CREATE TABLE `commit` ( `id` INT ) ")
                """);
    }

    @Test
    void normalizeOfTransactions() throws ScriptException {
        passes("""
                local t = require("proxy.tokenizer")
                local function n(sql) return t.normalize(t.tokenize(sql)) end
                is(n("start transaction"), "START TRANSACTION ") is(n("Begin"), "BEGIN ") is(n("rollback"), "ROLLBACK ")
                is(n("commit transaction"), "COMMIT `transaction` ") is(n("x transaction"), "`x` `transaction` ")
                is(n("SELECT 'a', 1.5, x"), "SELECT ? , ? , `x` ")
                """);
    }

    @Test
    @Tag("L-37")
    void tokensToQuery() throws ScriptException {
        passes("""
                local t = require("proxy.tokenizer")
                is(t.tokens_to_query(t.tokenize("select count(*) from t where a='x'")),
                    'select count( * ) from t where a = "x" ')
                is(t.tokens_to_query(t.tokenize("/* c */ a /*! 1 */ b c"), 2, 4), "a /*! 1 */ b ")
                """);
    }

    @Test
    @Tag("L-38")
    void bareTokens() throws ScriptException {
        passes("""
                local t = require("proxy.tokenizer")
                is(t.first_stmt_token(t.tokenize("/* c */ -- x\\n select 1")).text, "select")
                is(t.first_stmt_token(t.tokenize("/* c */ /*! 1 */ select 1")).token_name, "TK_COMMENT_MYSQL")
                is(t.first_stmt_token(t.tokenize("/* c */")), nil)
                local texts = t.bare_tokens(t.tokenize("a /* c */ 'it\\\\'s \\"b\\"'"), true)
                is(#texts, 2) is(texts[2], ("%q"):format("it\\\\'s \\"b\\""))
                is(t.bare_tokens(t.tokenize("'b'"))[1], "b")
                """);
    }

    @Test
    void tokensWithoutComments() throws ScriptException {
        passes("""
                local t = require("proxy.tokenizer")
                local texts = t.tokens_without_comments(t.tokenize("a /* c */ 'b'"))
                is(#texts, 2) is(texts[2], "b") is(#t.bare_tokens(texts, true), 0)
                is(t._NAME, "proxy.tokenizer") is(t._M, t) is(t._PACKAGE, "proxy.")
                """);
    }

    private static final String TABLES = """
            local t, p = require("proxy.tokenizer"), require("proxy.parser")
            local function tables(sql)
                local list, noise = {}, nil
                noise, tables_found = captured(function() return p.get_tables(t.tokenize(sql)) end)
                for name, mode in pairs(tables_found) do list[#list + 1] = name .. "=" .. mode end
                table.sort(list)
                return table.concat(list, " "), noise
            end
            """;

    @Test
    @Tag("L-39")
    void tablesOfQueries() throws ScriptException {
        passes(TABLES + """
                is(tables("SELECT * FROM db.tbl"), "db.tbl=read") is(tables("DELETE FROM t"), "t=write")
                proxy.connection = { client = { default_db = "dd" } }
                is(tables("SELECT * FROM t, db.u"), "db.u=read dd.t=read")
                """);
    }

    @Test
    void tablesOfOtherStatements() throws ScriptException {
        passes(TABLES + """
                is(tables("SELECT a, (SELECT 1 FROM x) FROM t AS y LEFT JOIN u ON t.a = u.b WHERE v.c = 1"), "t=read u=read")
                is(tables("SELECT 1"), "") is(tables("SELECT * FROM t LIMIT 1"), "t=read") is(tables(""), "")
                is(tables("/* c */ UPDATE db.t, u SET a = 1"), "db.t=write u=write")
                is(tables("INSERT INTO db.t VALUES (1)"), "db.t=write") is(tables("INSERT t(a) SELECT 1 FROM u"), "t=write")
                is(tables("REPLACE INTO t VALUES (1)"), "") is(tables("TRUNCATE TABLE t"), "")
                is(select(2, tables("SELECT * FROM t x")), "(parser) unknown, found token: TK_LITERAL -> x")
                is(p.tablename_expand("t", "d"), "d.t") is(p.tablename_expand("t"), "t")
                proxy.connection = { client = { default_db = "" } }
                is(p.tablename_expand("t"), "t")
                """);
    }

    @Test
    @Tag("L-40")
    void definitionsOneAfterTheOther() throws ScriptException {
        passes(TABLES + """
                is(tables("CREATE TABLE t (id INT)"), "t=write") is(tables("DROP TABLE t"), "t=write")
                is(tables("CREATE TABLE IF NOT EXISTS d.t(id INT)"), "d.t=write")
                is(tables("ALTER TABLE t ADD x INT"), "t=write") is(tables("RENAME TABLE t TO u"), "t=write")
                is(tables("CREATE DATABASE d"), "") is(tables("CREATE TEMPORARY TABLE t (a INT)"), "t=write")
                """);
    }

    @Test
    void balance() throws ScriptException {
        passes("""
                local balance = require("proxy.balance")
                local function backend(type, state, idle, clients)
                    local none = { cur_idle_connections = 0 }
                    local users = setmetatable({ joe = { cur_idle_connections = idle } }, { __index = function() return none end })
                    return { type = type, state = state, pool = { users = users }, connected_clients = clients }
                end
                local RW, RO, UP, DOWN = proxy.BACKEND_TYPE_RW, proxy.BACKEND_TYPE_RO, proxy.BACKEND_STATE_UP, proxy.BACKEND_STATE_DOWN
                local old = proxy.global.backends
                proxy.connection = { client = { username = "joe" } }
                proxy.global.backends = { backend(RO, UP, 1, 5), backend(RW, DOWN, 1, 0), backend(RW, UP, 0, 0), backend(RW, 0, 2, 0),
                    backend(RO, UP, 1, 3), backend(RO, UP, 1, 3), backend(RO, UP, 0, 0), backend(RO, DOWN, 1, 0) }
                is(balance.idle_failsafe_rw(), 4) is(balance.idle_ro(), 5)
                proxy.connection.client.username = "ann"
                is(balance.idle_failsafe_rw(), 0) is(balance.idle_ro(), 0)
                proxy.global.backends = old
                """);
    }

    private static final String CONFIG = """
            local config = require("proxy.auto-config")
            proxy.global.config.rwsplit = { max = 4, is_debug = false, name = "a", min_idle_connections = 1, f = print }
            local function ask(query)
                proxy.response = {}
                return config.handle(proxy.global.config, { type = proxy.COM_QUERY, query = query }), proxy.response
            end
            local function failure(query)
                local result, response = ask(query)
                is(result, proxy.PROXY_SEND_RESULT) is(response.type, proxy.MYSQLD_PACKET_ERR)
                return response.errmsg
            end
            local function done(query)
                local result, response = ask(query)
                is(result, proxy.PROXY_SEND_RESULT) is(response.errmsg, nil) is(response.type, proxy.MYSQLD_PACKET_OK)
                return response.affected_rows
            end
            """;

    @Test
    @Tag("L-41")
    void showsConfiguration() throws ScriptException {
        passes(CONFIG + """
                for _, query in ipairs { "PROXY SHOW CONFIG", "proxy show config", "Proxy\\tShow \\n Config" } do
                    local result, response = ask(query)
                    is(result, proxy.PROXY_SEND_RESULT) is(#response.resultset.rows, 5)
                    for i, name in ipairs { "module", "option", "value", "type" } do
                        is(response.resultset.fields[i].name, name)
                        is(response.resultset.fields[i].type, proxy.MYSQL_TYPE_STRING)
                    end
                    for _, row in ipairs(response.resultset.rows) do
                        is(row[1], "rwsplit")
                        if row[2] == "max" then is(row[3], "4") is(row[4], "number") end
                    end
                end
                for _, query in ipairs { "PROXY SHOW CONFIG ", "PROXY SHOW CONFIG;", " PROXY SHOW CONFIG", "PROXYSHOW CONFIG",
                        "PROXY SHOW CONFIGS", "SELECT 1", "PROXY SET GLOBAL rwsplit.max = 9 ", ("x"):rep(129) } do
                    is(ask(query), nil)
                end
                is(config.handle(proxy.global.config, { type = proxy.COM_PING }), nil)
                """);
    }

    @Test
    @Tag("L-42")
    void setsOptions() throws ScriptException {
        passes(CONFIG + """
                is(done("PROXY SET GLOBAL rwsplit.max = 9"), 1) is(proxy.global.config.rwsplit.max, 9)
                is(failure('PROXY SET GLOBAL rwsplit.max = "9"'), "(auto-config) expected a number, got string")
                is(failure("PROXY SET GLOBAL nosuch.max = 9"), "module not known")
                is(failure("PROXY SET GLOBAL rwsplit.nosuch = 9"), "option not know")
                is(failure("PROXY SET GLOBAL rwsplit.f = 9"), "(auto-config) type: function isn't handled yet")
                is(failure("PROXY SET GLOBAL handle.f = 9"), "module not known")
                is(done('proxy set global rwsplit.name = "b c"'), 1) is(proxy.global.config.rwsplit.name, "b c")
                is(done("PROXY SET GLOBAL rwsplit.max=-3"), 1) is(proxy.global.config.rwsplit.max, -3)
                is(ask("PROXY SET GLOBAL rwsplit.max = 1.5"), nil) is(ask("PROXY SET GLOBAL rwsplit.is_debug = TRUE"), nil)
                """);
    }

    @Test
    @Tag("L-43")
    void setsFalseOptionsAndLongNames() throws ScriptException {
        passes(CONFIG + """
                is(done("PROXY SET GLOBAL rwsplit.is_debug = true"), 1) is(proxy.global.config.rwsplit.is_debug, true)
                is(done("PROXY SET GLOBAL rwsplit.min_idle_connections = 7"), 1)
                is(proxy.global.config.rwsplit.min_idle_connections, 7)
                """);
    }

    @Test
    @Tag("L-44")
    void savesAndLoads(@TempDir Path folder) throws ScriptException {
        String file = folder.resolve("f").toString();
        passes(CONFIG + "local file = '" + file + "' " + """
                local options = { n = 0.1, big = 2^53 + 1, neg = -7, t = true, f = false, s = 'a"b\\\\c\\n\\r\\0\\255' }
                proxy.global.config.rwsplit = options
                is(done('PROXY SAVE CONFIG INTO "' .. file .. '"'), 0)
                proxy.global.config.rwsplit = { n = 1, kept = 5 }
                is(done('PROXY LOAD CONFIG FROM "' .. file .. '"'), 0)
                for name, value in pairs(options) do is(proxy.global.config.rwsplit[name], value) end
                is(proxy.global.config.rwsplit.kept, 5)
                proxy.global.config.rwsplit = nil
                is(done('PROXY LOAD CONFIG FROM "' .. file .. '"'), 0) is(proxy.global.config.rwsplit.n, 0.1)
                local _, text = io.open(file .. ".none", "r")
                is(failure('PROXY LOAD CONFIG FROM "' .. file .. '.none"'), text)
                _, text = io.open(file .. "/none", "w")
                is(failure('PROXY SAVE CONFIG INTO "' .. file .. '/none"'), text)
                """);
    }

    @Test
    @Tag("L-45")
    void threeWaysToHandle() throws ScriptException {
        passes(CONFIG + """
                local cmd = { type = proxy.COM_QUERY, query = "PROXY SET GLOBAL rwsplit.max = 5" }
                is(proxy.global.config:handle(cmd), proxy.PROXY_SEND_RESULT) is(proxy.global.config.rwsplit.max, 5)
                cmd.query = "PROXY SET GLOBAL rwsplit.max = 6"
                is(config.handle(cmd), proxy.PROXY_SEND_RESULT) is(proxy.global.config.rwsplit.max, 6)
                local other = { m = { o = 1 } }
                cmd.query = "PROXY SET GLOBAL m.o = 2"
                is(config.handle(other, cmd), proxy.PROXY_SEND_RESULT) is(other.m.o, 2)
                """);
    }

    private static final String SUITE = """
            local test = require("proxy.test")
            TestPlain = test.BaseTest:new()
            function TestPlain:setUp() self.n = 1 end
            function TestPlain:testSetUp() assertEquals(self.n, 1) end
            function TestPlain:testOther() assertNotEquals(self.n, 2, "two") end
            function TestPlain:helper() error("is no test") end
            TestProxy = test.ProxyBaseTest:new()
            function TestProxy:setUp() self:setDefaultScope() end
            function TestProxy:testMock()
                assertEquals(proxy.COM_QUERY, 3) assertEquals(proxy.COM_DAEMON, 29) assertEquals(proxy.queries:len(), 0)
                proxy.queries:append(1, "x") assertEquals(proxy.queries:len(), 1) proxy.queries:reset()
                assertEquals(proxy.queries:len(), 0)
                local ok, text = pcall(function() return proxy.nosuch end)
                assertEquals(ok, false)
                assert(text:find("proxy.[nosuch] is unknown, please adjust the mock here", 1, true))
            end
            local result = test.Result:new()
            local suite = test.Suite:new { result = result }
            """;

    @Test
    @Tag("L-46")
    void unitTests() throws ScriptException {
        passes(SUITE + """
                suite:run()
                is(captured(result.print, result), "100.00%, 3 passed, 0 failed") is(suite:exit_code(), 0)
                """);
        lua = ModuleFixture.lua();
        passes(SUITE + """
                function TestPlain:testWrong() assertEquals(1, 2, "one") end
                function TestPlain:testType() assertEquals(1, "x", "type") end
                suite:run({ "TestPlain" })
                local lines = captured(result.print, result)
                assert(lines:find("TestPlain:testWrong", 1, true))
                assert(lines:find("got '1' <number>, expected '2' <number> (one): ", 1, true))
                assert(lines:find("got type 'number' for <1>, expected type 'string' for <x> (type): ", 1, true))
                assert(lines:find("50.00%, 2 passed, 2 failed", 1, true)) is(suite:exit_code(), 1)
                assert(not pcall(test.Suite.new, test.Suite, {}))
                """);
    }
}
