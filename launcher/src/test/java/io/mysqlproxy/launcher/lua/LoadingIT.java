package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** When the file is read and run, and what follows if that fails (lua-api.md 9.1). */
class LoadingIT {
    private static final Payload LOAD_FAILED = failure("MySQL Proxy Lua script failed to load. Check the error log.");
    private static final Payload RUN_FAILED = failure("MySQL Proxy Lua script failed to execute. Check the error log.");

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
