package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;

/** A script that is the server (lua-api.md 2.10). */
class MockIT {
    /** Greets as a server that offers 4.1, secure connections and nothing else, and answers every statement with one cell. */
    private static final String MOCK = """
            function connect_server()
                proxy.response = { type = proxy.MYSQLD_PACKET_RAW, packets = {
                    "\\n5.7.99-mock\\0\\9\\0\\0\\0abcdefgh\\0\\0\\130\\33\\2\\0" .. ("\\0"):rep(13) .. "ijklmnopqrst\\0" } }
                return proxy.PROXY_SEND_RESULT
            end
            function read_handshake() say("read_handshake") end
            function read_auth_result() say("read_auth_result") end
            function disconnect_client() say("left", proxy.connection.server) end
            function read_query(packet)
                if packet:byte() ~= proxy.COM_QUERY then
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
                local query = packet:sub(2)
                if query == "file" then
                    proxy.response = { type = 250, packets = { "\\251file" } }
                elseif query:lower():find("^set ") then
                    proxy.response = { type = 0 }
                elseif query == "nothing" then
                    return
                else
                    local name = query:lower():find("select @@version_comment") and "@@version_comment" or "answer"
                    proxy.response = { type = 0, resultset = { fields = { { name = name } }, rows = { { "mocked" } } } }
                end
                return proxy.PROXY_SEND_RESULT
            end
            """;

    @Scenario
    @Tag("C-22")
    void anyLoginIsWelcome(Stage stage) {
        stage.play(MOCK);
        RawClient client = stage.connect();

        Payload greeting = client.read();
        assertThat(greeting.sequence()).isZero();
        assertThat(greeting.text()).startsWith("\n5.7.99-mock\0\11\0\0\0abcdefgh\0");
        client.send(1, "\5\242\0\0\0\0\0\1\10" + "\0".repeat(23) + "joe\0\3abc");
        assertThat(client.read()).isEqualTo(new Payload(2, FakeServer.OK));
        assertThat(client.cells("SELECT 1")).containsExactly("mocked");
        client.send(0, "\1");
        assertThat(client.read()).isEqualTo(new Payload(1, FakeServer.OK));
        client.close();

        assertThat(stage.said(1)).containsExactly("left nil");
        assertThat(stage.server().connections()).isZero();
    }

    @Scenario
    @Tag("C-38")
    void aDatabaseThatWasNotOfferedIsNone(Stage stage) {
        stage.play(MOCK.replace(
                "function read_handshake()",
                "function read_auth() "
                        + "local c = proxy.connection.client say(c.default_db, c.username, #c.scrambled_password, c.thread_id, "
                        + "c.mysqld_version, c.auth_plugin_name) end function read_handshake()"));
        RawClient client = stage.connect();
        client.read();
        client.send(1, "\15\242\0\0\0\0\0\1\10" + "\0".repeat(23) + "joe\0\3abcschema\0");

        assertThat(client.read()).isEqualTo(new Payload(2, FakeServer.OK));
        assertThat(stage.said(1)).containsExactly(" joe 3 9 50799 ");
    }

    @Scenario
    @Tag("C-99")
    void aFileIsTakenAndForgotten(Stage stage) {
        stage.play(MOCK);
        RawClient client = stage.login();

        assertThat(client.ask("\3file")).isEqualTo(new Payload(1, "\373file"));
        client.send(2, "1,2\n", "3,4\n", "");
        assertThat(client.read()).isEqualTo(new Payload(5, FakeServer.OK));
        assertThat(client.cells("SELECT 1")).containsExactly("mocked");
    }

    @Scenario
    void aMockThatDoesNotAnswerLosesItsClient(Stage stage) {
        stage.play(MOCK);
        RawClient client = stage.login();
        client.send(0, "\3nothing");

        assertThat(client.isClosed()).isTrue();
        assertThat(stage.log().errors())
                .anyMatch(line -> line.endsWith("I have no server backend, closing connection"));
    }

    @Scenario
    @Tag("C-22")
    void servesConnectorJ(Stage stage) throws Exception {
        stage.play(MOCK.replace("\\2\\0\" .. (\"\\0\"):rep(13)", "\\2\\0\\8\\0\\21\" .. (\"\\0\"):rep(10)")
                        .replace("qrst\\0", "qrst\\0mysql_native_password\\0")
                + """
                local mocked = read_query
                function read_query(packet)
                    local query = packet:sub(2)
                    if packet:byte() == 3 and query:find("@@session.auto_increment_increment", 1, true) then
                        local fields, row = {}, {}
                        for name in query:gmatch("AS ([%w_]+)") do
                            fields[#fields + 1] = { name = name, type = 253 }
                            row[#row + 1] = ({ auto_increment_increment = 1, character_set_client = "latin1",
                                character_set_connection = "latin1", character_set_results = "latin1",
                                character_set_server = "latin1", collation_server = "latin1_swedish_ci",
                                collation_connection = "latin1_swedish_ci", init_connect = "",
                                interactive_timeout = 99, license = "GPL", lower_case_table_names = 0,
                                max_allowed_packet = 1048576, net_write_timeout = 60, performance_schema = 1,
                                query_cache_size = 0, query_cache_type = "OFF", sql_mode = "", system_time_zone = "UTC",
                                time_zone = "UTC", transaction_isolation = "REPEATABLE-READ", wait_timeout = 99 })[name]
                        end
                        proxy.response = { type = 0, resultset = { fields = fields, rows = { row } } }
                        return 2
                    end
                    return mocked(packet)
                end
                """);
        try (Connection connection = DriverManager.getConnection(
                        Servers.mysqlUrl(stage.proxy().port()), "joe", "secret");
                ResultSet rows = connection.createStatement().executeQuery("SELECT something")) {
            assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo("answer");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("mocked");
        }
    }

    @Scenario
    @Tag("C-22")
    void servesTheCommandLineClient(Stage stage) throws Exception {
        stage.play(MOCK);
        Process client = new ProcessBuilder(
                        "mariadb",
                        "--no-defaults",
                        "--host=127.0.0.1",
                        "--port=" + stage.proxy().port(),
                        "--user=joe",
                        "--password=secret",
                        "--skip-ssl",
                        "--execute=SELECT something")
                .redirectErrorStream(true)
                .start();
        try {
            String out = new String(client.getInputStream().readAllBytes());
            assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(out).isEqualTo("answer\nmocked\n");
        } finally {
            client.destroyForcibly();
        }
    }
}
