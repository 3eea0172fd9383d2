package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.script.ScriptScope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** Idle connections: who gets which, and on what terms (lua-api.md 6.4, 6.5, 9.5). */
class PoolIT {
    /** Keeps the server of a client that quits, and takes an idle one for the next. */
    private static final String POOLING = """
            function connect_server()
                proxy.connection.backend_ndx = 1
                local s = proxy.connection.server
                say("connect", s and s.thread_id, s and s.username)
                if s then return proxy.PROXY_IGNORE_RESULT end
            end
            function read_auth_result(auth)
                say("auth", auth.packet:byte(), proxy.connection.server.username)
            end
            function read_query(packet)
                if packet:byte() == proxy.COM_QUIT then
                    proxy.connection.backend_ndx = 0
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK }
                    return proxy.PROXY_SEND_RESULT
                end
            end
            """;

    private static final String IDLE =
            "local function idle(name) " + "return proxy.global.backends[1].pool.users[name].cur_idle_connections end ";

    private static void leave(RawClient client) {
        assertThat(client.ask("\1")).isEqualTo(new Payload(1, FakeServer.OK));
        client.close();
    }

    @Scenario
    @Tag("C-35")
    void aLoginCanEndInThePool(Stage stage) {
        stage.play(IDLE
                + "function read_auth_result(auth) if auth.packet:byte() == 0 then proxy.connection.backend_ndx = 0 end end "
                + "function read_query() say(proxy.connection.server, proxy.connection.backend_ndx, idle('joe')) "
                + "proxy.response = { type = 0 } return 2 end");
        RawClient client = stage.connect();

        assertThat(client.login("joe")).isEqualTo(new Payload(2, FakeServer.OK));
        assertThat(client.ask("\3x").text()).isEqualTo(FakeServer.OK);
        assertThat(stage.said()).containsExactly("nil 0 1");
    }

    @Scenario
    @Tag("C-109")
    void counters(Stage stage) {
        stage.play(IDLE + "function read_query() proxy.connection.backend_ndx = 0 local b = proxy.global.backends[1] "
                + "say(idle('joe'), idle(''), idle('ann'), b.connected_clients) b.pool.min_idle_connections = 1 say(idle('joe'), idle('')) "
                + "proxy.response = { type = 0 } return 2 end");
        stage.login().query("x");

        assertThat(stage.said()).containsExactly("1 1 0 0", "1 0");
    }

    @Scenario
    @Tag("C-110")
    void anIdleConnectionIsLoggedInAnew(Stage stage) {
        stage.play(POOLING);
        leave(stage.login("joe"));
        RawClient ann = stage.connect();

        assertThat(ann.greeting().threadId()).isEqualTo(101);
        assertThat(ann.login("ann")).isEqualTo(new Payload(2, FakeServer.OK));
        assertThat(ann.cells("SELECT 1")).containsExactly("1");
        leave(ann);

        assertThat(stage.server().connections()).isOne();
        assertThat(stage.server().commands()).containsExactly("\21ann\0\0\0\10\0mysql_native_password\0", "\3SELECT 1");
        assertThat(stage.said()).containsExactly("connect nil nil", "auth 0 joe", "connect 101 joe", "auth 0 ann");
    }

    @Scenario
    @Tag("C-110")
    void aRefusedLoginEndsIt(Stage stage) {
        stage.server().answer("\21ann\0\0\0\10\0mysql_native_password\0", FakeServer.DENIED);
        stage.play(POOLING);
        leave(stage.login("joe"));
        RawClient ann = stage.connect();

        assertThat(ann.login("ann")).isEqualTo(new Payload(2, FakeServer.DENIED));
        assertThat(ann.isClosed()).isTrue();
        leave(stage.login("joe"));
        assertThat(stage.server().connections())
                .as("the refused one is not used again")
                .isEqualTo(2);
    }

    @Scenario
    @Tag("C-111")
    void theSameClientTakesOverAnIdleConnection(Stage stage) {
        DatabaseServer server = Servers.mysql();
        Account account = server.nativeAccount();
        stage.script(POOLING)
                .start(proxy -> proxy.backend("127.0.0.1:" + server.port()).trustsPool(true));
        RawClient one = stage.connect();
        assertThat(one.login(account.user(), account.password(), "test").first())
                .isZero();
        one.query("SET @kept = 'kept'");
        String id = one.cells("SELECT CONNECTION_ID()").get(0);
        leave(one);

        RawClient two = stage.connect();
        assertThat(two.login(account.user(), account.password(), "test")).isEqualTo(new Payload(2, FakeServer.OK));
        assertThat(two.cells("SELECT CONCAT(CONNECTION_ID(), @kept)")).containsExactly(id + "kept");
        leave(two);

        RawClient other = stage.connect();
        assertThat(other.login("someone", account.password(), "test"))
                .isEqualTo(new Payload(2, Payload.error(1045, "28000", "(proxy-pool) login failed")));
        assertThat(other.isClosed()).isTrue();
        assertThat(stage.said().stream().filter(line -> line.startsWith("auth 0")))
                .hasSize(1);
    }

    @Scenario
    @Tag("C-112")
    void anAttachedConnectionThatIsNotUsedGoesBack(Stage stage) {
        stage.play(IDLE + POOLING.replace("if s then return proxy.PROXY_IGNORE_RESULT end", "")
                + "function disconnect_client() say(idle('joe')) end");
        leave(stage.login());
        RawClient two = stage.login();
        assertThat(two.greeting().threadId()).isEqualTo(102);
        two.close();

        assertThat(stage.said(6)).containsSubsequence("connect 101 joe", "auth 0 joe", "1");
        assertThat(stage.server().connections()).isEqualTo(2);
    }

    @Scenario
    @Tag("C-113")
    void anEmptyPoolLeavesTheServer(Stage stage) {
        FakeServer second = stage.add(new FakeServer());
        stage.script("function read_query() proxy.connection.backend_ndx = 2 "
                        + "say(proxy.connection.backend_ndx, proxy.connection.server.dst.port) end")
                .start(proxy -> proxy.backend(stage.server().address()).backend(second.address()));

        assertThat(stage.login().cells("SELECT 1")).containsExactly("1");
        assertThat(stage.said()).containsExactly("2 " + stage.server().port());
        assertThat(stage.server().statements()).containsExactly("SELECT 1");
    }

    @Scenario
    @Tag("C-115")
    @Tag("D-12")
    void nobodyGetsSomebodyElsesConnection(Stage stage) {
        stage.play(IDLE
                + POOLING.replace(
                                "if packet:byte() == proxy.COM_QUIT",
                                "if packet:find('take') then "
                                        + "proxy.connection.backend_ndx = 1 say(proxy.connection.server.username, proxy.connection.server.thread_id, "
                                        + "idle('joe'), idle('ann'), idle('x')) elseif packet:byte() == proxy.COM_QUIT")
                        .replace("backend_ndx = 1\n", "backend_ndx = 0\n"));
        RawClient ann = stage.login("ann");
        leave(stage.login("joe"));
        ann.query("take");

        assertThat(stage.said()).endsWith("ann 101 1 0 0");

        leave(stage.login("ann"));
        ann.query("take");
        assertThat(stage.said()).endsWith("ann 103 1 1 0");
    }

    @Scenario
    @Tag("C-110")
    void withTheDefaultLoginOfMysql(Stage stage) throws SQLException {
        DatabaseServer server = Servers.mysql();
        stage.script(POOLING + "function disconnect_client() say('left') end")
                .start(proxy -> proxy.backend("127.0.0.1:" + server.port()));
        String first = connectionId(stage, server.account(), "SET @kept = 'kept'");
        String second = connectionId(stage, server.account(), "SELECT 1");

        assertThat(second).isEqualTo(first.replace("kept", "null"));
        assertThat(connectionId(stage, server.nativeAccount(), "SELECT 1")).isEqualTo(second);
        assertThat(stage.said()).anyMatch(line -> line.startsWith("auth 254"));
    }

    private static String connectionId(Stage stage, Account account, String before) throws SQLException {
        long left = left(stage);
        String url = Servers.mysqlUrl(stage.proxy().port());
        try (Connection connection = DriverManager.getConnection(url, account.user(), account.password())) {
            connection.createStatement().execute(before);
            try (ResultSet rows = connection.createStatement().executeQuery("SELECT CONNECTION_ID(), @kept")) {
                rows.next();
                return rows.getString(1) + " " + rows.getString(2);
            }
        } finally {
            Awaitility.await().until(() -> left(stage) > left);
        }
    }

    private static long left(Stage stage) {
        return stage.said().stream().filter("left"::equals).count();
    }

    /** Clients whose flags differ cannot use each other's connections; that must not open a new one for each of their logins. */
    @Scenario(ScriptScope.EXECUTION)
    @Tag("W-42")
    void clientsOfTwoKindsShareAPool(Stage stage) throws Exception {
        DatabaseServer mysql = Servers.mysql();
        stage.script(POOLING + "function disconnect_client() proxy.connection.backend_ndx = 0 end")
                .start(proxy -> proxy.backend("127.0.0.1:" + mysql.port()));
        for (Account account : new Account[] {mysql.account(), mysql.nativeAccount()}) {
            Set<Long> threads = new HashSet<>();
            for (int i = 0; i < 12; i++) {
                String url = Servers.mysqlUrl(stage.proxy().port()) + "&allowMultiQueries=" + (i % 3 == 0);
                try (Connection connection = DriverManager.getConnection(url, account.user(), account.password());
                        ResultSet rows = connection
                                .createStatement()
                                .executeQuery("SELECT CONNECTION_ID(), SUBSTRING_INDEX(CURRENT_USER(), '@', 1)")) {
                    rows.next();
                    threads.add(rows.getLong(1));
                    assertThat(rows.getString(2)).isEqualTo(account.user());
                }
                Awaitility.await().until(() -> stage.proxy().server().clients("proxy") == 0);
            }
            assertThat(threads).hasSizeLessThanOrEqualTo(2);
        }
    }
}
