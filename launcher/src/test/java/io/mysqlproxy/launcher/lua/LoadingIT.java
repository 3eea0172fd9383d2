package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.script.ScriptScope;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** When the file is read and run, and what follows if that fails (lua-api.md 9.1). */
class LoadingIT {
    private static final Payload LOAD_FAILED = failure("MySQL Proxy Lua script failed to load. Check the error log.");
    private static final Payload RUN_FAILED = failure("MySQL Proxy Lua script failed to execute. Check the error log.");

    private static final String ANSWERS = """
            function read_query(packet)
                if packet:byte() ~= proxy.COM_QUERY then return end
                proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = {
                    fields = { { name = "f", type = proxy.MYSQL_TYPE_STRING } }, rows = { { %s } } } }
                return proxy.PROXY_SEND_RESULT
            end
            """;

    private static Payload failure(String text) {
        return new Payload(0, "\377\121\4" + text);
    }

    @Scenario
    @Tag("C-01")
    @Tag("J-26")
    void syntaxError(Stage stage) {
        stage.play("function read_query(packet\n  return\nend");

        RawClient client = stage.connect();

        assertThat(client.read()).isEqualTo(LOAD_FAILED);
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.log().errors())
                .singleElement()
                .asString()
                .startsWith("lua_load_file(" + stage.file() + ") failed: ")
                .contains(":2: ");
        assertThat(stage.server().connections()).isZero();
    }

    @Scenario
    @Tag("C-02")
    void bodyRaises(Stage stage) {
        stage.play("\nerror('no')");

        RawClient client = stage.connect();

        assertThat(client.read()).isEqualTo(RUN_FAILED);
        assertThat(client.isClosed()).isTrue();
        RawClient again = stage.connect();
        assertThat(again.read()).isEqualTo(RUN_FAILED);
        assertThat(stage.log().errors())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("(lua-error) [" + stage.file() + "]\n")
                        .endsWith(":2: no"));
    }

    @Scenario
    @Tag("C-03")
    void missingFile(Stage stage) {
        stage.start();

        RawClient client = stage.connect();

        assertThat(client.read()).isEqualTo(LOAD_FAILED);
        assertThat(client.isClosed()).isTrue();
    }

    @Scenario(ScriptScope.CONNECTION)
    @Tag("C-04")
    void bodyRunsOncePerConnection(Stage stage) {
        stage.play("proxy.global.n = (proxy.global.n or 0) + 1 say(proxy.global.n) function read_query() end");
        for (int i = 0; i < 3; i++) {
            RawClient client = stage.login();
            client.query("SELECT 1");
            client.query("SELECT 2");
        }

        assertThat(stage.said()).containsExactly("1", "2", "3");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-04")
    @Tag("J-31")
    void bodyRunsOncePerHookAndToLoad(Stage stage) {
        stage.play("proxy.global.n = (proxy.global.n or 0) + 1 say(proxy.global.n) function read_query() end");
        for (int i = 0; i < 3; i++) {
            RawClient client = stage.login();
            client.query("SELECT 1");
            client.query("SELECT 2");
        }

        assertThat(stage.said()).containsExactly("1", "2", "3", "4", "5", "6", "7");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-04")
    void theBodyRunOfConnectServerIsTheLoadRun(Stage stage) {
        stage.play("proxy.global.n = (proxy.global.n or 0) + 1 say(proxy.global.n) function connect_server() end");
        stage.login();
        stage.login().query("SELECT 1");

        assertThat(stage.said()).containsExactly("1", "2");
    }

    @Scenario(ScriptScope.CONNECTION)
    void variablesBelongToTheConnection(Stage stage) {
        stage.play(counting());
        RawClient one = stage.login();
        RawClient two = stage.login();

        assertThat(one.cells("x")).containsExactly("1 1");
        assertThat(one.cells("x")).containsExactly("2 2");
        assertThat(two.cells("x")).containsExactly("1 1");
        assertThat(one.cells("x")).containsExactly("3 3");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("J-02")
    void variablesBelongToTheHook(Stage stage) {
        stage.play(counting());
        RawClient client = stage.login();

        assertThat(client.cells("x")).containsExactly("1 1");
        assertThat(client.cells("x")).containsExactly("1 1");
        assertThat(stage.login().cells("x")).containsExactly("1 1");
    }

    private static String counting() {
        return "local a = 0\nb = 0\n"
                + ANSWERS.formatted("a .. ' ' .. b")
                        .replace("proxy.response =", "a = a + 1 b = b + 1 proxy.response =");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("J-01")
    void aScriptCanStateItsScope(Stage stage) {
        stage.script("\n".repeat(18) + "-- proxy-scope: connection\n" + counting())
                .start(proxy -> proxy.backend(stage.server().address()).ownScope());
        RawClient client = stage.login();
        assertThat(client.cells("x")).containsExactly("1 1");
        assertThat(client.cells("x")).containsExactly("2 2");
        assertThat(stage.login().cells("x")).containsExactly("1 1");

        stage.script("\n".repeat(20) + "-- proxy-scope: connection\n" + counting());
        RawClient late = stage.login();
        assertThat(late.cells("x")).containsExactly("1 1");
        assertThat(late.cells("x")).as("nobody looks that far down").containsExactly("1 1");
        assertThat(client.cells("x")).as("an open connection keeps what it has").containsExactly("3 3");
    }

    @Scenario
    @Tag("J-01")
    void anOptionBeatsTheScript(Stage stage) {
        String other = stage.scope() == ScriptScope.EXECUTION ? "connection" : "execution";
        stage.play("\n-- proxy-scope: " + other + "\n" + counting());
        RawClient client = stage.login();
        client.cells("x");

        assertThat(client.cells("x")).containsExactly(stage.scope() == ScriptScope.EXECUTION ? "1 1" : "2 2");
    }

    @Scenario(ScriptScope.CONNECTION)
    @Tag("C-06")
    void anEditCountsForNewConnections(Stage stage) {
        stage.play(ANSWERS.formatted("'old'"));
        RawClient old = stage.login();
        assertThat(old.cells("x")).containsExactly("old");

        stage.script(ANSWERS.formatted("'newer'"));

        assertThat(stage.login().cells("x")).containsExactly("newer");
        assertThat(old.cells("x")).containsExactly("old");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-06")
    @Tag("J-32")
    void anEditCountsForTheNextHook(Stage stage) {
        stage.play(ANSWERS.formatted("'old'"));
        RawClient old = stage.login();
        assertThat(old.cells("x")).containsExactly("old");

        stage.script(ANSWERS.formatted("'newer'"));

        assertThat(stage.login().cells("x")).containsExactly("newer");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(old.cells("x")).containsExactly("newer"));
    }

    @Scenario
    @Tag("C-07")
    void aBrokenVersionIsForNewConnectionsOnly(Stage stage) throws Exception {
        stage.play(ANSWERS.formatted("'old'"));
        RawClient old = stage.login();

        stage.script("function read_query(");
        assertThat(stage.connect().read()).isEqualTo(LOAD_FAILED);
        assertThat(stage.connect().read()).isEqualTo(LOAD_FAILED);
        Thread.sleep(120);
        assertThat(old.cells("x")).containsExactly("old");
        assertThat(stage.log().errors()).hasSize(1);

        java.nio.file.Files.delete(stage.file());
        assertThat(stage.connect().read()).isEqualTo(LOAD_FAILED);
        assertThat(old.cells("x")).containsExactly("old");

        stage.script(ANSWERS.formatted("'mended'"));
        assertThat(stage.login().cells("x")).containsExactly("mended");
    }

    @Scenario
    @Tag("C-08")
    void aRuntimeErrorHasAPositionAndTheQueryIsForwarded(Stage stage) {
        stage.play("\n\nfunction read_query(packet)\n  local nothing\n  return nothing.x\nend");
        RawClient client = stage.login();

        assertThat(client.cells("SELECT 7")).containsExactly("7");

        assertThat(stage.server().statements()).containsExactly("SELECT 7");
        assertThat(stage.log().errors()).singleElement().asString().startsWith("(read_query) " + shown(stage) + ":5: ");
    }

    private static String shown(Stage stage) {
        String path = stage.file().toString();
        return path.length() <= 43 ? "[string \"" + path + "\"]" : "[string \"" + path.substring(0, 43) + "...\"]";
    }

    @Scenario
    @Tag("C-17")
    void errorsInTheLoginHooksAreNotFatal(Stage stage) {
        stage.play("""
                function connect_server() error("1") end
                function read_handshake() error("2") end
                function read_auth() error("3") end
                function read_auth_result(auth) error("4") end
                function disconnect_client() error({}) end
                """);

        RawClient client = stage.login();
        assertThat(client.cells("SELECT 1")).containsExactly("1");
        client.close();

        Awaitility.await().until(() -> stage.log().errors().size() == 5);
        assertThat(stage.log().errors())
                .extracting(line -> line.replaceAll("\\[.*: ", ""))
                .containsExactly(
                        "(connect_server) 1",
                        "(read_handshake) 2",
                        "(read_auth) 3",
                        "(read_auth_result) 4",
                        "(disconnect_client) (null)");
    }

    @Scenario
    @Tag("C-18")
    void hooksThatAreNoFunctionsAreAbsent(Stage stage) {
        stage.play("connect_server = 1 read_handshake = 'x' read_auth = {} read_auth_result = true read_query = 5 "
                + "disconnect_client = 'y'");

        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        assertThat(stage.log().errors()).isEmpty();
    }

    @Scenario
    @Tag("C-18")
    @Tag("C-78")
    void aResultIsDeliveredWithoutAFunctionToLookAtIt(Stage stage) {
        stage.play("""
                function read_query(packet)
                    proxy.queries:append(1, packet, { resultset_is_needed = true })
                    return proxy.PROXY_SEND_QUERY
                end
                """);
        assertThat(stage.login().query("SELECT 1")).extracting(Payload::text).containsExactly(FakeServer.rows("1"));
        stage.write(
                stage.file(),
                "read_query_result = 5 function read_query(packet)\n"
                        + "proxy.queries:append(1, packet, { resultset_is_needed = true }) return 1 end");
        assertThat(stage.login().query("SELECT 2")).extracting(Payload::text).containsExactly(FakeServer.rows("2"));
        assertThat(stage.server().statements()).isEqualTo(List.of("SELECT 1", "SELECT 2"));
    }
}
