package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.script.ScriptScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** What a script finds in its environment, and what it leaves there for others (lua-api.md 1.3, 1.4). */
class EnvironmentIT {
    /** Answers a statement with the value of the expression it is. */
    private static final String EVALUATES = """
            function read_query(packet)
                if packet:byte() ~= 3 then return end
                local value = setfenv(assert(loadstring("return " .. packet:sub(2))), getfenv(1))()
                proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = {
                    fields = { { name = "f", type = 254 } }, rows = { { tostring(value) } } } }
                return 2
            end
            """;

    @Scenario
    @Tag("C-10")
    void aHookFromLoadstringIsFoundInTheSharedGlobals(Stage stage) {
        stage.play("function read_query() loadstring('function disconnect_client() proxy.global.say() end')() end "
                + "proxy.global.say = function() say('left') end");
        RawClient client = stage.login();
        client.query("SELECT 1");
        client.close();

        assertThat(stage.said(1)).containsExactly("left");

        RawClient other = stage.connect();
        other.greeting();
        other.close();
        assertThat(stage.said(2)).hasSize(2);
    }

    @Scenario
    @Tag("C-11")
    void aSharedClosureSeesTheConnectionWhoseHookCallsIt(Stage stage) {
        stage.play(EVALUATES
                + "proxy.global.port = proxy.global.port or function() return proxy.connection.client.src.port end");
        RawClient one = stage.login();
        RawClient two = stage.login();

        assertThat(one.cells("proxy.global.port()")).containsExactly(String.valueOf(one.port()));
        assertThat(two.cells("proxy.global.port()")).containsExactly(String.valueOf(two.port()));
        assertThat(one.cells("proxy.global.port()")).containsExactly(String.valueOf(one.port()));
    }

    @Scenario
    @Tag("C-12")
    @Tag("J-04")
    void attributesOfProxyArePrivateToTheConnection(Stage stage) {
        stage.play("function connect_server() proxy.early = 'e' end function read_auth_result() proxy.foo = 1 end\n"
                + "function disconnect_client() say(proxy.foo, proxy.early, proxy.late) end\n" + EVALUATES);
        RawClient one = stage.login();
        one.cells("rawset(getfenv(1).__proxy, 'late', proxy.connection.client.username)");
        RawClient other = stage.login("ann");
        other.cells("rawset(getfenv(1).__proxy, 'foo', nil)");

        assertThat(one.cells("proxy.foo")).containsExactly("1");
        assertThat(other.cells("proxy.foo")).containsExactly("nil");
        assertThat(other.cells("proxy.late")).containsExactly("nil");
        one.close();
        assertThat(stage.said(1)).containsExactly("1 e joe");
    }

    @Scenario
    @Tag("C-13")
    void aConstantIsSharedAndCanBeChanged(Stage stage) {
        stage.play("function read_auth() if proxy.connection.client.username == 'ann' then proxy.PROXY_SEND_QUERY = 77 "
                + "proxy.queries = 'mine' end end\n" + EVALUATES);
        RawClient one = stage.login();
        assertThat(one.cells("proxy.PROXY_SEND_QUERY")).containsExactly("1");

        RawClient ann = stage.login("ann");

        assertThat(one.cells("proxy.PROXY_SEND_QUERY")).containsExactly("77");
        assertThat(one.cells("type(proxy.queries)")).containsExactly("userdata");
        assertThat(ann.cells("proxy.queries")).containsExactly("mine");
        assertThat(ann.cells("rawget(proxy, 'connection')")).containsExactly("nil");
    }

    @Scenario
    @Tag("C-14")
    @Tag("J-33")
    void aNewConnectionRestoresTheBackends(Stage stage) {
        stage.play("function read_auth_result() if proxy.connection.client.username == 'ann' then "
                + "proxy.global.backends = 5 proxy.global = proxy.global end end\n" + EVALUATES);
        RawClient one = stage.login();
        stage.login("ann");
        assertThat(one.cells("proxy.global.backends")).containsExactly("5");

        RawClient three = stage.login();

        assertThat(one.cells("type(proxy.global.backends)")).containsExactly("userdata");
        assertThat(three.cells("#proxy.global.backends")).containsExactly("1");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("C-15")
    void theModulePathIsThatOfTheInstallation(Stage stage) {
        stage.script(EVALUATES)
                .start(proxy -> proxy.backend(stage.server().address()).basedir(stage.folder()));

        assertThat(stage.login().cells("package.path")).containsExactly(stage.folder() + "/lib/mysql-proxy/lua/?.lua");
    }

    @Scenario
    @Tag("C-16")
    void aModuleIsLoadedOnceForAll(Stage stage) throws IOException {
        Path module = Files.createDirectories(stage.folder().resolve("x")).resolve("y.lua");
        stage.write(module, """
                module("x.y", package.seeall)
                _G.loads = (_G.loads or 0) + 1
                count = 0
                function step() count = count + 1 return count .. tostring(proxy.connection.client.username) end
                """);
        stage.script("local m = require('x.y') e_m = m\n" + EVALUATES)
                .start(proxy ->
                        proxy.backend(stage.server().address()).engineProperty("lua.path", stage.folder() + "/?.lua"));
        RawClient joe = stage.login("joe");
        RawClient ann = stage.login("ann");

        assertThat(joe.cells("e_m.step()")).containsExactly("1joe");
        assertThat(ann.cells("require('x.y').step()")).containsExactly("2ann");
        assertThat(ann.cells("loads .. tostring(e_m == package.loaded['x.y'])")).containsExactly("1true");
        assertThat(ann.cells("x.y.count")).containsExactly("2");
    }

    @Scenario
    @Tag("C-20")
    void aScriptCanBeNothingButARequire(Stage stage) {
        stage.write(
                stage.folder().resolve("other.lua"),
                "local n = 0\n" + EVALUATES.replace("local value", "n = n + 1 _G.n = n local value"));
        stage.script("require('other')")
                .start(proxy ->
                        proxy.backend(stage.server().address()).engineProperty("lua.path", stage.folder() + "/?.lua"));

        assertThat(stage.login().cells("n")).containsExactly("1");
        assertThat(stage.login().cells("n")).containsExactly("2");
    }

    @Scenario
    @Tag("C-09")
    void aTracebackHasTheLinesOfTheFile(Stage stage) {
        stage.play("""
                local function trace()
                    return debug.traceback()
                end
                function read_query(packet)
                    if packet:byte() ~= 3 then return end
                    local text = trace()
                    proxy.response = { type = 0, resultset = { fields = { { name = "f", type = 254 } }, rows = { { text } } } }
                    return proxy.PROXY_SEND_RESULT
                end
                """);
        String[] lines = stage.login().cells("x").get(0).split("\n\\s*");

        assertThat(lines[0]).isEqualTo("stack traceback:");
        assertThat(lines).anyMatch(line -> line.matches("\\[string \".*\"]:2: in function 'trace'"));
        assertThat(lines).anyMatch(line -> line.matches("\\[string \".*\"]:6: in function <\\[string \".*\"]:4>"));
    }

    @Scenario
    @Tag("C-19")
    @Tag("J-40")
    void printWritesToTheLogOnceChassisIsThere(Stage stage) {
        stage.play(
                "\nrequire('chassis')\nlocal plain = os.print\nfunction read_query(packet)\n"
                        + "    print('a', 2)\n    print(true, nil, {} ~= nil)\n    print()\n    say(type(plain), plain ~= print)\nend");
        stage.login().query("SELECT 1");

        assertThat(stage.said()).containsExactly("function true");
        assertThat(stage.log().lines())
                .contains(
                        "(" + stage.file() + ":5) a\t2",
                        "(" + stage.file() + ":6) true\tnil\ttrue",
                        "(" + stage.file() + ":7) nil");
    }

    @Scenario
    void globalsOfTheScriptDoNotReachTheSharedOnes(Stage stage) {
        stage.play("mine = 'm'\n" + EVALUATES);
        RawClient client = stage.login();

        assertThat(client.cells("mine")).containsExactly("m");
        assertThat(client.cells("_G.mine")).containsExactly("nil");
        assertThat(client.cells("getfenv(1) == _G")).containsExactly("false");
        assertThat(client.cells("__proxy.connection == proxy.connection")).containsExactly("true");
        assertThat(client.cells("type(proxy.global.config) .. tostring(next(proxy.global.config))"))
                .containsExactly("tablenil");
        assertThat(client.cells("proxy.servers == proxy.global.backends")).containsExactly("true");
    }

    @Scenario(ScriptScope.EXECUTION)
    @Tag("J-08")
    void noUpdateOfASharedNumberIsLost(Stage stage) throws InterruptedException {
        stage.play("function read_query(p) if p:byte() == 3 then local n = proxy.global.n or 0 for i = 1, 20 do end "
                + "proxy.global.n = n + 1 end end function disconnect_client() say(proxy.global.n) end");
        Thread[] clients = new Thread[4];
        for (int i = 0; i < clients.length; i++) {
            RawClient client = stage.login();
            clients[i] = new Thread(() -> {
                for (int q = 0; q < 50; q++) {
                    client.query("SELECT 1");
                }
            });
            clients[i].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        stage.login().close();

        Awaitility.await().until(() -> !stage.said().isEmpty());
        assertThat(stage.said()).containsExactly("200");
    }
}
