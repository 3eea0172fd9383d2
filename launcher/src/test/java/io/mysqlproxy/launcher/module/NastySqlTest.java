package io.mysqlproxy.launcher.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.ScriptException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries about SQL, on SQL that is meant to confuse them: both languages find the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NastySqlTest {
    private static final String LUA = """
            local tokenizer, parser = require("proxy.tokenizer"), require("proxy.parser")
            local commands = require("proxy.commands")
            local sql = ("%s"):gsub("%%x%%x", function(h) return string.char(tonumber(h, 16)) end)
            local function hex(s) return (s:gsub(".", function(c) return ("%%02x"):format(c:byte()) end)) end
            local tokens, out, tables = tokenizer.tokenize(sql), {}, {}
            for i = 1, #tokens do out[i] = tokens[i].token_id .. tokens[i].token_name .. ":" .. hex(tokens[i].text) end
            local old = _G.print
            _G.print = function() end
            for name, mode in pairs(parser.get_tables(tokens)) do tables[#tables + 1] = hex(name) .. "=" .. mode end
            _G.print = old
            table.sort(tables)
            local first = tokenizer.first_stmt_token(tokens)
            proxy.response.value = table.concat({ table.concat(out, " "), hex(tokenizer.normalize(tokens)),
                table.concat(tables, " "), first and hex(first.text) or "none",
                hex(table.concat(tokenizer.bare_tokens(tokens, false), " ")),
                hex(commands.pretty_print(commands.parse("\\3" .. sql))) }, "\\n")
            """;

    private static final String PYTHON = """
            import sys
            import proxy.tokenizer as tokenizer, proxy.parser as parser, proxy.commands as commands
            sql = '%s'.decode('hex')
            class Silent(object):
                def write(self, text): pass
            def hexed(s): return s.encode('hex')
            tokens = tokenizer.tokenize(sql)
            out = ['%%d%%s:%%s' %% (t.token_id, t.token_name, hexed(t.text)) for t in tokens]
            old, sys.stdout = sys.stdout, Silent()
            try:
                tables = sorted(hexed(n) + '=' + m for n, m in parser.get_tables(tokens).items())
            finally:
                sys.stdout = old
            first = tokenizer.first_stmt_token(tokens)
            found = '\\n'.join([' '.join(out), hexed(tokenizer.normalize(tokens)),
                ' '.join(tables), 'none' if first is None else hexed(first.text),
                hexed(' '.join(tokenizer.bare_tokens(tokens, False))),
                hexed(commands.pretty_print(commands.parse('\\x03' + sql)))])
            assert found == '%s'.decode('hex'), found
            """;

    private static final String LUA_MEGABYTE = """
            local tokenizer = require("proxy.tokenizer")
            local piece = ("%s"):gsub("%%x%%x", function(h) return string.char(tonumber(h, 16)) end)
            local tokens = tokenizer.tokenize("SELECT " .. piece:rep(%d))
            proxy.response.value = #tokens .. " " .. #tokenizer.normalize(tokens)
            """;

    private static final String PYTHON_MEGABYTE = """
            import proxy.tokenizer as tokenizer
            tokens = tokenizer.tokenize('SELECT ' + '%s'.decode('hex') * %d)
            found = '%%d %%d' %% (len(tokens), len(tokenizer.normalize(tokens)))
            assert found == '%s', found
            """;

    private ModuleFixture lua;
    private ModuleFixture python;

    @BeforeAll
    void open() {
        lua = ModuleFixture.lua();
        python = ModuleFixture.python();
    }

    @AfterAll
    void close() {
        lua.close();
        python.close();
    }

    /** One character for each byte. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \t\n ",
                "SELECT 1",
                "select/**/1/*!50000,2*//*+ hint */-- end",
                "/*!40101 SET NAMES utf8 */",
                "/* a /* b */ c */ SELECT 1 # not a comment to the tokenizer",
                "SELECT 'it''s', \"a\"\"b\", `a``b`, 'a\\'b', \"x'y`z\"",
                "SELECT 'open",
                "SELECT `open",
                "SELECT /* open",
                "SELECT 'a\\",
                "SELECT x'4D79', X'00', 0xFF, b'0101', 0b11, N'n', _utf8mb4'c', _binary 'd'",
                "SELECT '\u00c3\u00a9\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080' FROM t\u00c3\u00a4ble",
                "SELECT '\u0000', a\u0000b FROM `t\u0000`",
                "SELECT \u00bf'\\\u0000\u00bf\\' FROM t",
                "SELECT 1.5e+3x, .5, 1., 1e5, 1e, a.1, 1.a, 5.a.b FROM a.b.c.d",
                "SELECT @a, @@b, @@global.c, @`d e`, u@h, @a:=1",
                "SELECT count(*), count (*), if(a,b,c), left(a,1), `select` FROM `from`",
                "SELECT a<=b,a<=>b,a<>b,a!=b,a<<b,a>>b,a||b,a&&b,a|b,a&b,a^b,~a,!a,a%b,a--1,a-- 1",
                "SELECT * FROM t1, db.t2 AS x LEFT JOIN `t 3` y ON x.a=y.a WHERE z IN (SELECT 1 FROM t4)",
                "INSERT INTO `db`.`t`(a) VALUES (1),(2) ON DUPLICATE KEY UPDATE a=VALUES(a)",
                "UPDATE db.t SET a=1",
                "DELETE FROM t WHERE a='x; DROP TABLE u'",
                "SELECT 1; DROP TABLE u; -- x\r\n SELECT 2",
                "CREATE TEMPORARY TABLE IF NOT EXISTS db.t (a INT)",
                "SELECT a->'$.b', a->>\"$.c\" FROM j",
                "SELECT ? , :name, {d '2020-01-01'}, $1, [x]",
                "\u00ff\u00fe\u00fd",
                "SeLeCt\u000b1\u000c,2",
            })
    void bothLanguagesFindTheSame(String sql) throws ScriptException {
        String found = byLua(sql);
        assertThat(found).isNotNull();
        python.run(PYTHON.formatted(hex(sql), hex(found)));
    }

    @Test
    void nothingIsLostButWhiteSpaceAndQuotes() throws ScriptException {
        String sql = "SELECT a , 'b c' FROM t WHERE x = 0xFF";
        assertThat(byLua(sql).lines().skip(4).findFirst()).contains(hex("SELECT a , b c FROM t WHERE x = 0xFF"));
    }

    @Test
    @Timeout(120)
    void aMegabyteIsNoTrouble() throws ScriptException {
        for (String piece : new String[] {"'it''s\\' '", "`a long name`,", "\"", "/*! x */"}) {
            int times = (1 << 20) / piece.length();
            String counts = lua.value(LUA_MEGABYTE.formatted(hex(piece), times));
            assertThat(counts).as(piece).matches("[1-9]\\d* [1-9]\\d*");
            python.run(PYTHON_MEGABYTE.formatted(hex(piece), times, counts));
        }
    }

    private String byLua(String sql) throws ScriptException {
        return lua.value(LUA.formatted(hex(sql)));
    }

    private static String hex(String sql) {
        return HexFormat.of().formatHex(sql.getBytes(StandardCharsets.ISO_8859_1));
    }
}
