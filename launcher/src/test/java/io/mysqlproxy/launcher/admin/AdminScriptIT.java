package io.mysqlproxy.launcher.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.script.ScriptScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that answer administrators. */
class AdminScriptIT {
    /** What MariaDB's driver says by itself gets a row; the rest is for the test's own code. */
    private static final String DRIVER = """
            local function value(v)
                proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = {
                    fields = { { name = "v" } }, rows = { { v } } } }
                return proxy.PROXY_SEND_RESULT
            end
            function read_query(packet)
                local text = packet:sub(2)
                if text:find("@@", 1, true) then
                    return value("1")
                elseif packet:byte() ~= proxy.COM_QUERY or text:find("^SET ") then
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
                return read(packet, text, value)
            end
            function read(packet, text, value) %s end
            """;

    private static final String NEED = "need a resultset + proxy.PROXY_SEND_RESULT";

    @TempDir
    private Path folder;

    @Test
    @Tag("A-42")
    @Tag("A-43")
    void theShippedScriptDoesWhatTheConsoleDoes() throws Exception {
        Path script = TestProxy.repository().resolve("lib/mysql-proxy/lua/admin.lua");
        try (AdminServer admin = AdminServer.script(script, null)
                .proxy("proxy", Optional.empty(), "127.0.0.1:1", "r[::1]:3")
                .proxy("pyproxy", Optional.empty(), "127.0.0.1:2")
                .start()) {
            assertThat(mariadb(admin, "SELECT * FROM backends"))
                    .isEqualTo("1\t127.0.0.1:1\tunknown\trw\tNULL\t0\n"
                            + "2\t[::1]:3\tunknown\tro\tNULL\t0\n3\t127.0.0.1:2\tunknown\trw\tNULL\t0\n");
            assertThat(mariadb(admin, "select * from help"))
                    .isEqualTo("SELECT * FROM help\tshows this help\n"
                            + "SELECT * FROM backends\tlists the backends and their state\n");
            assertThat(mariadb(admin, "x"))
                    .contains("ERROR 1105 (07000)", "use 'SELECT * FROM help' to see the supported commands");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return nil|" + NEED,
                "return|" + NEED,
                "return 'x'|" + NEED,
                "return {}|" + NEED,
                "return 0|" + NEED + " ... got something else",
                "return 1|" + NEED + " ... got something else",
                "return 42|" + NEED + " ... got something else",
                "error('x')|" + NEED + " ... got something else"
            })
    @Tag("A-44")
    @Tag("C-117")
    void whatIsNoAnswerEndsTheConnection(String code, String message) throws Exception {
        try (AdminServer admin = serving(code);
                Connection connection = admin.connect()) {
            assertThatThrownBy(() -> Rows.of(connection, "x")).hasMessageEndingWith(message);
            assertThatThrownBy(() -> Rows.of(connection, "x")).isInstanceOf(SQLException.class);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    @Tag("A-44")
    void aScriptWithoutAnAnswerIsNoScript() throws Exception {
        try (AdminServer admin = AdminServer.script(write("local x = 1"), null).start()) {
            assertThat(mariadb(admin, "x")).contains("ERROR 1105 (07000)", NEED);
        }
    }

    @Test
    @Tag("A-44")
    @Tag("J-34")
    void everyTextReachesTheScript() throws Exception {
        try (AdminServer admin = serving("return value('<' .. text .. '>')");
                Connection connection = admin.connect()) {
            assertThat(Rows.of(connection, "LOAD x")).containsExactly("v", "<LOAD x>");
            assertThat(mariadb(admin, "LOAD DATA x")).isEqualTo("<LOAD DATA x>\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.response = {}", "proxy.response = { type = 77 }", "proxy.response = nil"})
    @Tag("A-45")
    void anAnswerThatCannotBeSentIsAnErrorAndTheConnectionStays(String response) throws Exception {
        try (AdminServer admin = serving("if text == 'y' then return value(1) end " + response + " return 2");
                Connection connection = admin.connect()) {
            assertThatThrownBy(() -> Rows.of(connection, "x"))
                    .hasMessageEndingWith("(lua) handling proxy.response failed, check error-log");
            assertThat(Rows.of(connection, "y")).containsExactly("v", "1");
        }
    }

    @Test
    @Tag("A-46")
    @Tag("J-32")
    void aBrokenScriptCanBeMended() throws Exception {
        Path script = folder.resolve("x.lua");
        try (AdminServer admin = AdminServer.script(script, null).start()) {
            assertThat(mariadb(admin, "x")).contains("MySQL Proxy Lua script failed to load. Check the error log.");
            write("function (");
            assertThat(mariadb(admin, "x")).contains("MySQL Proxy Lua script failed to load. Check the error log.");
            write("error('top')");
            assertThat(mariadb(admin, "x")).contains("MySQL Proxy Lua script failed to execute. Check the error log.");
            write(String.format(DRIVER, "return value('one')"));
            try (Connection connection = admin.connect()) {
                assertThat(Rows.of(connection, "x")).containsExactly("v", "one");
                write("function (");
                assertThat(mariadb(admin, "x")).contains("failed to load");
                assertThat(Rows.of(connection, "x")).containsExactly("v", "one");
                write(String.format(DRIVER, "return value('two')"));
                Thread.sleep(150);
                assertThat(Rows.of(connection, "x")).containsExactly("v", "two");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"CONNECTION,1,2", ",1,1"})
    @Tag("A-47")
    @Tag("J-04")
    @Tag("J-34")
    void globalsLastAsLongAsTheirScope(ScriptScope scope, String first, String second) throws Exception {
        String code = """
                n = (n or 0) + 1; proxy.n = (proxy.n or 0) + 1; proxy.global.n = (proxy.global.n or 0) + 1
                return value(n .. ' ' .. proxy.n .. ' ' .. proxy.global.n .. ' ' .. #proxy.global.backends)
                """;
        Path script = write(String.format(DRIVER, code));
        try (AdminServer admin = AdminServer.script(script, scope)
                        .proxy("proxy", Optional.empty(), "127.0.0.1:1", "127.0.0.1:2")
                        .proxy("pyproxy", Optional.empty(), "127.0.0.1:3")
                        .start();
                Connection one = admin.connect();
                Connection two = admin.connect()) {
            assertThat(Rows.of(one, "x")).containsExactly("v", first + " 1 1 3");
            assertThat(Rows.of(one, "x")).containsExactly("v", second + " 2 2 3");
            assertThat(Rows.of(two, "x")).containsExactly("v", first + " 1 3 3");
        }
    }

    @Test
    @Tag("A-48")
    void anOkHasTheNumbersOfTheScript() throws Exception {
        try (AdminServer admin = serving(
                        "proxy.response = { type = proxy.MYSQLD_PACKET_OK, affected_rows = 3, insert_id = 9 } return 2");
                Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("x", Statement.RETURN_GENERATED_KEYS);
            assertThat(statement.getUpdateCount()).isEqualTo(3);
            var keys = statement.getGeneratedKeys();
            assertThat(keys.next()).isTrue();
            assertThat(keys.getLong(1)).isEqualTo(9);
        }
    }

    @Test
    @Tag("C-118")
    void whatTheProxysScriptLeavesInGlobalIsThere() throws Exception {
        Path proxyScript = Files.writeString(
                folder.resolve("proxy.lua"),
                "proxy.global.seen = 'by the proxy' function connect_server() proxy.response = { type = 255, errmsg = 'no' } "
                        + "return proxy.PROXY_SEND_RESULT end");
        Path script = write(String.format(
                DRIVER, "return value(tostring(proxy.global.seen) .. ' ' .. proxy.connection.backend_ndx)"));
        try (AdminServer admin = AdminServer.script(script, null)
                        .proxy("proxy", Optional.of(proxyScript), "127.0.0.1:1")
                        .start();
                Connection connection = admin.connect()) {
            assertThat(Rows.of(connection, "x")).containsExactly("v", "nil 1");
            assertThatThrownBy(() -> DriverManager.getConnection(
                            "jdbc:mariadb://127.0.0.1:" + admin.port("proxy") + "/?sslMode=disable", "joe", ""))
                    .hasMessageContaining("no");
            assertThat(Rows.of(connection, "x")).containsExactly("v", "by the proxy 1");
        }
    }

    @Test
    @Tag("C-118")
    void theConnectionHasAClientAndNoServer() throws Exception {
        try (AdminServer admin = serving("return value(proxy.connection.client.username .. ' ' "
                        + ".. tostring(proxy.connection.server) .. ' ' .. proxy.connection.backend_ndx)");
                Connection connection = admin.connect()) {
            assertThat(Rows.of(connection, "x")).containsExactly("v", AdminServer.USER + " nil 1");
        }
    }

    private AdminServer serving(String code) throws IOException {
        return AdminServer.script(write(String.format(DRIVER, code)), null).start();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("x.lua"), text);
    }

    private static String mariadb(AdminServer admin, String sql) throws Exception {
        Process client = new ProcessBuilder(
                        "mariadb",
                        "--no-defaults",
                        "--skip-ssl",
                        "-h127.0.0.1",
                        "-P" + admin.port("admin"),
                        "-u" + AdminServer.USER,
                        "-p" + AdminServer.PASSWORD,
                        "-N",
                        "-e",
                        sql)
                .redirectErrorStream(true)
                .start();
        String out = new String(client.getInputStream().readAllBytes());
        client.waitFor();
        return out;
    }
}
