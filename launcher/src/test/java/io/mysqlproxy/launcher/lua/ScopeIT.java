package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.script.ScriptScope;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** How long variables live, and what an edit of the file changes for whom (lua-api.md 1.2, 9.1). */
class ScopeIT {
    private static final Payload LOAD_FAILED = failure("MySQL Proxy Lua script failed to load. Check the error log.");

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
    @Tag("C-05")
    void variablesBelongToTheConnection(Stage stage) {
        stage.play(counting());
        RawClient one = stage.login();
        RawClient two = stage.login();

        assertThat(one.cells("x")).containsExactly("1 1");
        assertThat(one.cells("x")).containsExactly("2 2");
        assertThat(two.cells("x")).containsExactly("1 1");
        assertThat(one.cells("x")).containsExactly("3 3");
        assertThat(stage.log().lines(Level.WARN)).isEmpty();
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("J-02")
    @Tag("C-05")
    @Tag("J-03")
    void variablesBelongToTheHook(Stage stage) {
        stage.play(counting());
        RawClient client = stage.login();

        assertThat(client.cells("x")).containsExactly("1 1");
        assertThat(client.cells("x")).containsExactly("1 1");
        assertThat(stage.login().cells("x")).containsExactly("1 1");
        assertThat(stage.log().lines(Level.WARN))
                .singleElement()
                .asString()
                .contains(
                        stage.file().toString(),
                        "'a' (line 5)",
                        "'b' (line 5)",
                        "--proxy-lua-scope=connection",
                        "proxy.global");
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

        Files.delete(stage.file());
        assertThat(stage.connect().read()).isEqualTo(LOAD_FAILED);
        assertThat(old.cells("x")).containsExactly("old");

        stage.script(ANSWERS.formatted("'mended'"));
        assertThat(stage.login().cells("x")).containsExactly("mended");
    }
}
