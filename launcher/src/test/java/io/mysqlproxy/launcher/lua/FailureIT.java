package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** What follows an error, by the policy and by where it happens (lua-api.md 1.5). */
class FailureIT {
    private static final String TEXT = "MySQL Proxy Lua script failed to execute. Check the error log.";

    private static RawClient refusing(Stage stage, String script) {
        stage.script(script)
                .start(proxy -> proxy.backend(stage.server().address()).onError(FailureMode.REFUSE));
        return stage.connect();
    }

    @Scenario
    @Tag("J-07")
    void refusedConnectServer(Stage stage) {
        RawClient client = refusing(stage, "function connect_server() error('no') end");

        assertThat(client.read()).isEqualTo(new Payload(0, "\377\121\4" + TEXT));
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.server().connections()).isZero();
    }

    @Scenario
    @Tag("J-07")
    void refusedReadHandshake(Stage stage) {
        RawClient client = refusing(stage, "function read_handshake() error('no') end");

        assertThat(client.read()).isEqualTo(new Payload(0, "\377\121\4" + TEXT));
        assertThat(client.isClosed()).isTrue();
    }

    @Scenario
    @Tag("J-07")
    void refusedReadAuth(Stage stage) {
        RawClient client = refusing(stage, "function read_auth() error('no') end");

        assertThat(client.login("joe")).isEqualTo(new Payload(2, Payload.error(1105, "07000", TEXT)));
        assertThat(client.isClosed()).isTrue();
        assertThat(stage.server().received()).isEmpty();
    }

    @Scenario
    @Tag("J-07")
    void refusedReadAuthResult(Stage stage) {
        RawClient client = refusing(stage, "function read_auth_result() error('no') end");

        assertThat(client.login("joe")).isEqualTo(new Payload(2, Payload.error(1105, "07000", TEXT)));
        assertThat(client.isClosed()).isTrue();
    }

    @Scenario
    @Tag("J-07")
    void aStreamedResultStays(Stage stage) {
        RawClient client = refusing(
                stage,
                "function read_query(p) proxy.queries:append(1, p) proxy.queries:append(2, p, { resultset_is_needed = true }) "
                        + "return 1 end function read_query_result() error('no') end");
        client.login("joe");

        assertThat(client.cells("SELECT 1")).containsExactly("1");
        assertThat(client.cells("SELECT 2")).containsExactly("2");
        assertThat(stage.server().statements()).as("the queue is emptied").containsExactly("SELECT 1", "SELECT 2");
    }

    @Scenario(ScriptScope.EXECUTION)
    void aBodyThatRaisesLaterIsAnErrorOfTheHook(Stage stage) {
        stage.play("if proxy.global.broken then error('body') end "
                + "function read_query(p) if p:find('break') then proxy.global.broken = true end end");
        RawClient client = stage.login();

        assertThat(client.cells("SELECT break")).containsExactly("break");
        assertThat(client.cells("SELECT 1")).containsExactly("1");

        assertThat(stage.log().errors())
                .singleElement()
                .asString()
                .startsWith("(lua-error) [" + stage.file() + "]\n")
                .endsWith(":1: body");
        assertThat(stage.server().statements()).containsExactly("SELECT break", "SELECT 1");
    }

    @Scenario
    void whatWasDoneBeforeAnErrorStays(Stage stage) {
        stage.play("""
                function read_query(p)
                    if p:find("first") then
                        proxy.global.kept, proxy.own = 1, 2
                        proxy.global.backends[1].uuid = "u"
                        error("no")
                    end
                    say(proxy.global.kept, proxy.own, proxy.global.backends[1].uuid, next(proxy.response), #proxy.queries)
                end
                """);
        RawClient client = stage.login();
        client.query("SELECT first");
        client.query("SELECT 2");

        assertThat(stage.said()).containsExactly("1 2 u nil 0");
    }

    @Scenario
    @Tag("J-08")
    void slowHooksAreLogged(Stage stage) {
        stage.script("function read_query(p) local t = os.clock() while os.clock() - t < 0.05 do end end")
                .start(proxy -> proxy.backend(stage.server().address()).warnAfter(Duration.ofMillis(20)));
        stage.login().query("SELECT 1");

        assertThat(stage.log().lines())
                .anyMatch(line -> line.contains("read_query in " + stage.file() + " took ") && line.contains(" ms"));
    }
}
