package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.script.ScriptScope;
import io.mysqlproxy.wire.packet.Greeting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** From the connect step to the end of the login (lua-api.md 9.2). */
class LoginIT {
    private static final Payload UNUSABLE =
            new Payload(0, "\377\121\4(lua) handling proxy.response failed, check error-log");

    @Scenario
    @Tag("C-21")
    void connectServerDenies(Stage stage) {
        stage.play("function connect_server() proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = 'denied', "
                + "errcode = 1130, sqlstate = 'HY000' } return proxy.PROXY_SEND_RESULT end "
                + "function disconnect_client() say('left') end");

        RawClient client = stage.connect();

        assertThat(client.read()).isEqualTo(new Payload(0, "\377\152\4denied"));
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.said(1)).containsExactly("left");
        assertThat(stage.server().connections()).isZero();
    }

    @Scenario
    @Tag("C-23")
    void connectServerAnswersWithoutAnAnswer(Stage stage) {
        stage.play("function connect_server() if proxy.global.n then proxy.response = { type = 250, packets = {} } end "
                + "proxy.global.n = 1 return 2 end");
        for (int i = 0; i < 2; i++) {
            RawClient client = stage.connect();
            assertThat(client.read()).isEqualTo(UNUSABLE);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Scenario
    @Tag("C-24")
    void otherNumbersFromConnectServerMeanNothing(Stage stage) {
        stage.play("local n = { 1, 99, -1, 3, '0', 0 / 0, 1 / 0 } function connect_server() "
                + "proxy.global.i = (proxy.global.i or 0) + 1 return n[proxy.global.i] end");
        for (int i = 0; i < 7; i++) {
            assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        }
    }

    @Scenario
    @Tag("C-25")
    void ignoringWithAnEmptyPoolConnects(Stage stage) {
        stage.play("function connect_server() proxy.connection.backend_ndx = 1 return proxy.PROXY_IGNORE_RESULT end");

        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        assertThat(stage.server().connections()).isOne();
    }

    @Scenario
    @Tag("C-26")
    void connectServerIsAskedAgainAfterAFailure(Stage stage) {
        FakeServer gone = new FakeServer();
        gone.close();
        stage.script("function connect_server() say(proxy.connection.backend_ndx, proxy.global.backends[1].state, "
                        + "proxy.connection.server) end")
                .start(proxy ->
                        proxy.backend(gone.address()).backend(stage.server().address()));

        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("0 0 nil", "0 2 nil");
    }

    @Scenario
    @Tag("C-27")
    void noBackendIsThere(Stage stage) {
        stage.server().close();
        stage.play("function disconnect_client() say('left', proxy.connection.client.username) end");

        RawClient client = stage.connect();

        assertThat(client.read()).isEqualTo(new Payload(0, "\377\121\4(proxy) all backends are down"));
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.said(1)).containsExactly("left nil");
        assertThat(stage.log().errors()).contains("Cannot connect, all backends are down.");
    }

    @Scenario
    @Tag("C-28")
    @Tag("J-36")
    void readHandshakeDenies(Stage stage) {
        stage.play("local n = 0 function read_handshake() proxy.response = { type = 255, errmsg = 'no' } "
                + "proxy.global.r = (proxy.global.r or 0) + 1 return proxy.global.r end");
        for (int i = 0; i < 2; i++) {
            RawClient client = stage.connect();
            assertThat(client.read()).isEqualTo(new Payload(0, "\377\121\4no"));
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(stage.server().received()).isEmpty();
    }

    @Scenario
    @Tag("C-29")
    void theGreetingIsThatOfTheServer(Stage stage) {
        stage.play("function read_handshake() end");

        Greeting greeting = stage.connect().greeting();

        assertThat(greeting.serverVersion()).isEqualTo("5.7.99-fake");
        assertThat(greeting.threadId()).isEqualTo(101);
        assertThat(greeting.scramble().latin1()).startsWith(FakeServer.SCRAMBLE);
        assertThat(greeting.capabilities().has(0x20)).isFalse();
        assertThat(greeting.capabilities().has(0x800)).isFalse();
    }

    @Scenario
    @Tag("C-30")
    @Tag("C-39")
    @Tag("W-24")
    void whatIsKnownWhen(Stage stage) {
        stage.play("""
                function read_handshake(...)
                    local c = proxy.connection
                    say(select("#", ...), c.server.thread_id, c.client.thread_id, c.server.mysqld_version, #c.server.scramble_buffer)
                end
                function read_auth(...)
                    local c = proxy.connection
                    say(select("#", ...), c.server.thread_id, c.client.thread_id, c.client.username, c.server.username)
                end
                function read_auth_result(auth)
                    local c = proxy.connection
                    say(c.server.username, c.server.default_db, c.server.auth_plugin_name, #c.server.scrambled_password)
                end
                """);
        stage.login();

        assertThat(stage.said())
                .containsExactly("0 101 nil 50799 21", "0 101 101 joe nil", "joe  mysql_native_password 0");
        assertThat(stage.log().errors())
                .as("what is not known yet is nil, and logged")
                .hasSize(2);
    }

    @Scenario
    @Tag("C-31")
    @Tag("J-25")
    void readAuthDenies(Stage stage) {
        stage.play("function read_auth() proxy.response = { type = 255, errmsg = 'no', errcode = 1045 } return 2 end");
        RawClient client = stage.connect();

        assertThat(client.login("joe")).isEqualTo(new Payload(2, Payload.error(1045, "07000", "no")));
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.server().received()).isEmpty();
    }

    @Scenario
    @Tag("C-32")
    void readAuthSendsItsOwnPacket(Stage stage) {
        stage.play("function read_auth() proxy.queries:append(1, 'Any\\0thing') proxy.queries:append(2, 'more') "
                + "return proxy.PROXY_SEND_QUERY end function read_query() say(#proxy.queries) end "
                + "function read_query_result() say('called') end");
        stage.login().query("SELECT 1");

        assertThat(stage.server().received().get(0).packet()).isEqualTo(new Payload(1, "Any\0thing"));
        assertThat(stage.server().commands()).containsExactly("\3SELECT 1");
        assertThat(stage.said()).containsExactly("0");
    }

    @Scenario
    @Tag("C-33")
    void readAuthResultSeesTheAnswer(Stage stage) {
        stage.play("function read_auth_result(auth, ...) local n = select('#', ...) for k, v in pairs(auth) do "
                + "say(type(auth), n, k, v:byte()) end end");
        stage.login();

        assertThat(stage.said()).containsExactly("table 0 packet 0");
    }

    @Scenario
    @Tag("C-34")
    void readAuthResultSeesEachPacket(Stage stage) {
        stage.server().switching();
        stage.play("function read_auth_result(auth) say(auth.packet:byte(), #auth.packet) end");
        RawClient client = stage.connect();

        assertThat(client.login("joe")).isEqualTo(new Payload(4, FakeServer.OK));
        assertThat(stage.said()).containsExactly("254 44", "0 7");
        assertThat(client.cells("SELECT 1")).containsExactly("1");
    }

    @Scenario
    @Tag("C-36")
    void anErrorReplacedByAnOkEndsTheConnectionToo(Stage stage) {
        stage.server().loginAnswer(FakeServer.DENIED);
        stage.play(
                "function read_auth_result(auth) say(auth.packet:byte()) proxy.response = { type = 0 } return 2 end");
        RawClient client = stage.connect();

        assertThat(client.login("joe")).isEqualTo(new Payload(2, FakeServer.OK));
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.said()).containsExactly("255");
    }

    @Scenario
    void anOkReplacedByAnErrorEndsTheConnection(Stage stage) {
        stage.play("function read_auth_result(auth) proxy.response = { type = 255, errmsg = 'no' } return 2 end");
        RawClient client = stage.connect();

        assertThat(client.login("joe")).isEqualTo(new Payload(2, Payload.error(1105, "07000", "no")));
        assertThat(client.isClosed()).isTrue();
    }

    @Scenario
    @Tag("C-37")
    void oldClientsAreRefused(Stage stage) {
        stage.play("function read_auth() say('called') end");
        RawClient client = stage.connect();
        client.greeting();
        client.send(1, "\1\0\0\0\1joe\0");

        assertThat(client.read()).isEqualTo(new Payload(2, "\377\327\0074.0 protocol is not supported"));
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.said()).isEmpty();
    }

    @Scenario
    @Tag("C-116")
    void aServerWithoutALoginIsNotPooled(Stage stage) {
        stage.play("function disconnect_client() proxy.connection.backend_ndx = 0 local b = proxy.global.backends[1] "
                + "say(proxy.connection.server, proxy.connection.backend_ndx, b.connected_clients, "
                + "b.pool.users[''].cur_idle_connections) end");
        RawClient client = stage.connect();
        client.greeting();
        client.close();

        assertThat(stage.said(1)).containsExactly("nil 0 0 0");
        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        Awaitility.await().until(() -> stage.server().statements().equals(List.of("SELECT 1")));
    }

    /** Clients that have answered by caching_sha2_password hear that it was enough before they hear that they are in. */
    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-22")
    @Tag("J-41")
    @Tag("W-24")
    void aScriptLetsAClientOfTodayIn(Stage stage) throws Exception {
        stage.script("""
                        function read_auth()
                            proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                            return proxy.PROXY_SEND_RESULT
                        end
                        function read_query(packet)
                            proxy.response = { type = 0, resultset = { fields = { { name = "f" } }, rows = { { "played" } } } }
                            return proxy.PROXY_SEND_RESULT
                        end
                        """)
                .start(proxy -> proxy.backend("127.0.0.1:" + Servers.mysql().port()));

        assertThat(commandLine(stage, "SELECT 1")).isEqualTo("played\n");
    }

    private static String commandLine(Stage stage, String statement) throws Exception {
        Process client = new ProcessBuilder(
                        "mariadb",
                        "--no-defaults",
                        "--skip-ssl",
                        "-h127.0.0.1",
                        "-P" + stage.proxy().port(),
                        "-uanybody",
                        "-pwhatever",
                        "-N",
                        "-e",
                        statement,
                        "test")
                .redirectErrorStream(true)
                .start();
        return new String(client.getInputStream().readAllBytes());
    }

    /** The script's login names fewer flags than the client's, and knows nothing of TLS, which the server has. */
    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-32")
    @Tag("W-24")
    void aScriptLogsInToARealServerInPlaceOfTheClient(Stage stage) throws Exception {
        DatabaseServer mysql = Servers.mysql();
        stage.script("""
                        local proto, password = require("mysql.proto"), require("mysql.password")
                        function read_auth()
                            local c, s = proxy.connection.client, proxy.connection.server
                            proxy.queries:append(1, proto.to_response_packet({ username = "%s", charset = 45,
                                response = password.scramble(s.scramble_buffer, password.hash("%s")), database = c.default_db,
                                max_packet_size = 16777216, server_capabilities = 0xffff, capabilities = 0xa20d }))
                            return proxy.PROXY_SEND_QUERY
                        end
                        """.formatted(
                        mysql.nativeAccount().user(), mysql.nativeAccount().password()))
                .start(proxy -> proxy.backend("127.0.0.1:" + mysql.port()));
        String url = Servers.mysqlUrl(stage.proxy().port());
        assertThat(commandLine(stage, "SELECT DATABASE()")).isEqualTo("test\n");
        for (int i = 0; i < 2; i++) {
            try (Connection connection = DriverManager.getConnection(url, "anybody", "whatever");
                    ResultSet rows = connection
                            .createStatement()
                            .executeQuery(
                                    "SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1), DATABASE() UNION SELECT 'a', 'b'")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo(mysql.nativeAccount().user());
                assertThat(rows.getString(2)).isEqualTo("test");
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("a");
                assertThat(rows.next()).isFalse();
            }
        }
    }
}
