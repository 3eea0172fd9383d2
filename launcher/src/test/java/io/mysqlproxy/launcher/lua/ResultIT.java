package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.script.ScriptScope;
import org.junit.jupiter.api.Tag;

/** What scripts read of an answer: of a real server where it is about what servers say (lua-api.md 3.8, 9.4). */
class ResultIT {
    /** Holds every command; says what the function {@code look} returns for it. */
    private static String looking(String look) {
        return "local look = function(inj, r) " + look + " end\n" + """
                function read_query(packet)
                    if packet:byte() == proxy.COM_QUIT then return end
                    proxy.queries:append(1, packet, { resultset_is_needed = true })
                    return proxy.PROXY_SEND_QUERY
                end
                function read_query_result(inj)
                    look(inj, inj.resultset)
                end
                """;
    }

    private static RawClient mysql(Stage stage, String look) {
        return real(stage, looking(look), Servers.mysql());
    }

    private static RawClient real(Stage stage, String script, DatabaseServer server) {
        stage.script(script).start(proxy -> proxy.backend("127.0.0.1:" + server.port()));
        RawClient client = stage.connect();
        assertThat(client.login(
                                server.nativeAccount().user(),
                                server.nativeAccount().password(),
                                "test")
                        .first())
                .isZero();
        return client;
    }

    @Scenario
    @Tag("C-94")
    void aPreparedStatementIsOneAnswer(Stage stage) {
        RawClient client = mysql(
                stage,
                "if inj.query:byte() == 22 then local ok = require('mysql.proto').from_stmt_prepare_ok_packet(r.raw) "
                        + "say(type(ok.stmt_id), ok.stmt_id > 0, ok.num_columns, ok.num_params, ok.warnings, r.rows) end");
        for (String statement : new String[] {"SELECT ?, 1 + ?, 'x'", "SELECT 1", "DO ?", "DO 1"}) {
            prepare(client, statement);
        }

        assertThat(stage.said())
                .containsExactly(
                        "number true 3 2 0 nil",
                        "number true 1 0 0 nil",
                        "number true 0 1 0 nil",
                        "number true 0 0 0 nil");
        assertThat(client.cells("SELECT 5")).containsExactly("5");
    }

    /** Reads the whole answer: an OK, definitions of parameters and of columns, each with an end. */
    private static void prepare(RawClient client, String statement) {
        String ok = client.ask("\26" + statement).text();
        int columns = ok.charAt(5);
        int parameters = ok.charAt(7);
        int more = columns + parameters + (columns > 0 ? 1 : 0) + (parameters > 0 ? 1 : 0);
        for (int i = 0; i < more; i++) {
            client.read();
        }
    }

    @Scenario
    @Tag("C-82")
    void ofAStreamedResultOnlyNumbersAreLeft(Stage stage) {
        stage.play("""
                function read_query(packet) proxy.queries:append(1, packet) return 1 end
                function read_query_result(inj)
                    local r = inj.resultset
                    for _, key in ipairs({ "fields", "rows", "raw" }) do
                        say((select(2, pcall(function() return r[key] end)):gsub("^.-:%d+: ", "")))
                    end
                    say(r.row_count, r.bytes, r.affected_rows, r.query_status, r.warning_count, r.flags.auto_commit, r.other)
                end
                """);
        RawClient client = stage.login();
        assertThat(client.cells("SELECT 1")).containsExactly("1");

        assertThat(stage.said())
                .containsExactly(
                        ".resultset.fields isn't available if 'resultset_is_needed ~= true'",
                        ".resultset.rows isn't available if 'resultset_is_needed ~= true'",
                        ".resultset.raw isn't available if 'resultset_is_needed ~= true'",
                        "1 6 nil 0 0 true nil");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-83")
    @Tag("C-84")
    @Tag("C-85")
    @Tag("C-91")
    void numbersOfAnswers(Stage stage) {
        RawClient client = mysql(
                stage,
                "local f = r.flags say(r.affected_rows, type(r.insert_id), r.query_status, "
                        + "r.rows, #r.fields, r.raw:byte(), f.in_trans, f.auto_commit) if r.query_status == 255 then "
                        + "say(r.raw:sub(5, 9), f.in_trans, f.auto_commit, f.no_index_used, f.no_good_index_used) end");
        client.query("CREATE TEMPORARY TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, x INT)");
        client.query("INSERT INTO t (x) VALUES (1), (2)");
        client.query("START TRANSACTION");
        client.query("COMMIT");
        client.query("SELECT id, x FROM nowhere");

        assertThat(stage.said())
                .containsExactly(
                        "0 number 0 nil 0 0 false true",
                        "2 number 0 nil 0 0 false true",
                        "0 number 0 nil 0 0 true true",
                        "0 number 0 nil 0 0 false true",
                        "0 number 255 nil 0 255 false false",
                        "42S02 false false false false");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-84")
    @Tag("C-87")
    @Tag("C-88")
    @Tag("C-89")
    void rowsAndFields(Stage stage) {
        RawClient client = mysql(stage, """
                say(r.affected_rows, r.insert_id, r.query_status, r.raw:byte(), #r.fields)
                local f = r.fields[1]
                say(f.name, f.org_name, f.table, f.org_table, f.db, f.other)
                say(type(f.type), type(f.length), type(f.flags), type(f.charset), type(f.decimals), r.fields[0], r.fields[4])
                for i = 1, 2 do for row in r.rows do say(i, row[1], row[2], row[3]) end end
                local rows = r.rows
                local count = 0
                while rows() do count = count + 1 end
                say(count, select("#", rows()), select("#", rows()))
                """);
        client.query("SELECT 1+1 AS x, NULL AS n, 'z' AS z");
        client.query("SELECT 2 AS x, NULL AS n, 'z' AS z UNION SELECT 3, NULL, NULL");

        assertThat(stage.said())
                .containsExactly(
                        "nil nil 0 3 3",
                        "x nil nil nil nil nil",
                        "number number number number number nil nil",
                        "1 2 nil z",
                        "2 2 nil z",
                        "1 0 0",
                        "nil nil 0 3 3",
                        "x x nil nil nil nil",
                        "number number number number number nil nil",
                        "1 2 nil z",
                        "1 3 nil nil",
                        "2 2 nil z",
                        "2 3 nil nil",
                        "2 0 0");
    }

    @Scenario
    @Tag("C-86")
    @Tag("J-38")
    void bytesOfRows(Stage stage) {
        stage.server()
                .answer("\3two", FakeServer.rows("1", "1"))
                .answer("\3null", "\1", FakeServer.column("f"), FakeServer.EOF, "\373", FakeServer.EOF)
                .answer(
                        "\3four",
                        "\2",
                        FakeServer.column("f"),
                        FakeServer.column("g"),
                        FakeServer.EOF,
                        "\0011\0012",
                        "\0011\0012",
                        FakeServer.EOF);
        stage.play(looking("say(r.row_count, r.bytes)"));
        RawClient client = stage.login();
        client.query("two");
        client.query("null");
        client.query("four");

        assertThat(stage.said()).containsExactly("2 12", "1 5", "2 16");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-90")
    void aProcedureWithTwoResults(Stage stage) {
        RawClient client = mysql(
                stage,
                "local n = 0 if r.rows then for row in r.rows do n = n + 1 end end "
                        + "say(r.row_count, n, type(r.affected_rows))");
        client.query("DROP PROCEDURE IF EXISTS lua_two");
        client.query("CREATE PROCEDURE lua_two() BEGIN SELECT 1; SELECT 2 UNION SELECT 3; END");
        client.query("CALL lua_two()");
        assertThat(client.answer()).hasSize(6);
        assertThat(client.answer()).extracting(Payload::first).containsExactly(0);
        client.query("DROP PROCEDURE lua_two");

        assertThat(stage.said()).containsExactly("0 0 number", "0 0 number", "3 1 number", "0 0 number");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-92")
    @Tag("C-93")
    void answersThatAreNoResults(Stage stage) {
        RawClient client =
                mysql(stage, "say(r.query_status, (r.raw:sub(1, 6):gsub('%z', '0')), #r.fields, r.rows, r.row_count)");
        assertThat(client.ask("\16").first()).isZero();
        assertThat(client.ask("\11").text()).startsWith("Uptime");

        assertThat(stage.said().get(0)).startsWith("0 000");
        assertThat(stage.said().get(1)).isEqualTo("0 Uptime 0 nil 0");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-96")
    @Tag("J-42")
    void theSchemaFollows(Stage stage) {
        DatabaseServer server = Servers.mysql();
        RawClient client = real(stage, """
                local function look() say(proxy.connection.client.default_db, proxy.connection.server.default_db) end
                function read_query(packet)
                    look()
                    if packet:byte() == 3 and packet:find("inject") then
                        proxy.queries:append(1, "\\2mysql", { resultset_is_needed = true })
                        proxy.queries:append(2, "\\2nowhere", { resultset_is_needed = true })
                        return 1
                    end
                end
                function read_query_result(inj) look() return inj.id == 1 and 4 or nil end
                """, server);
        assertThat(client.query("inject").get(0).first()).isEqualTo(0xFF);
        client.query("USE `test`");
        assertThat(client.ask("\2nowhere").first()).isEqualTo(0xFF);
        client.ask("\2information_schema");
        client.ask("\16");

        assertThat(stage.said())
                .containsExactly(
                        "test test",
                        "mysql mysql",
                        "mysql mysql",
                        "mysql mysql",
                        "test test",
                        "test test",
                        "information_schema information_schema");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("J-12")
    void binaryRowsAreReadAsText(Stage stage) {
        RawClient client = mysql(
                stage,
                "if inj.query:byte() == 23 then for row in r.rows do say(row[1], row[2], row[3], row[4]) "
                        + "end say(r.fields[1].name, r.row_count, r.affected_rows) end");
        client.send(0, "\26SELECT 5 AS a, 1.5e0 AS b, NULL AS c, CAST('2020-01-02 03:04:05' AS DATETIME) AS d");
        String prepared = client.read().text();
        for (int i = 0; i < 5; i++) {
            client.read();
        }
        client.send(0, "\27" + prepared.substring(1, 5) + "\0\1\0\0\0");
        client.answer();

        assertThat(stage.said()).containsExactly("5 1.5 nil 2020-01-02 03:04:05", "a 1 nil");
    }
}
