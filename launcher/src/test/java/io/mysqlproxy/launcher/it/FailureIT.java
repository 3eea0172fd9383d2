package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers and clients that are not there, or leave in the middle of something. */
class FailureIT {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Far more than all buffers on the way. */
    private static final String LONG_RESULT = Sql.numbers(5, "REPEAT('x', 2000)");

    @ParameterizedTest
    @EnumSource
    void noServerAtAll(Driver driver) throws IOException {
        try (TestProxy proxy =
                TestProxy.to().backend("127.0.0.1:" + closedPort()).start()) {
            assertThatThrownBy(
                            () -> driver.connect(proxy.port(), Servers.mysql().account(), "test"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(Sql.error(e))
                                    .startsWith("1105 HY000 ")
                                    .contains("(proxy) all backends are down"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSecondServerIsUsedIfTheFirstIsDown(Driver driver) throws Exception {
        try (TestProxy proxy = TestProxy.to()
                .backend("127.0.0.1:" + closedPort())
                .backend("127.0.0.1:" + Servers.mysql().port())
                .start()) {
            for (int i = 0; i < 3; i++) {
                try (Connection connection =
                        driver.connect(proxy.port(), Servers.mysql().account(), "test")) {
                    assertThat(Sql.ask(connection, "SELECT @@version")).isEqualTo("8.0.31");
                }
            }
        }
    }

    @Routes
    void aConnectionKilledWhileItIsIdle(Route route) throws SQLException {
        try (Connection direct = route.direct();
                Connection connection = route.connect();
                Connection other = route.connect()) {
            String id = Sql.id(connection);
            Sql.run(direct, "KILL " + id);
            await().atMost(SOON).until(() -> Sql.alive(direct, id) == 0);

            assertGone(connection);
            assertThat(Sql.ask(other, "SELECT 1")).isEqualTo("1");
        }
    }

    @Routes(
            hooks = {Hook.NONE, Hook.LUA_QUEUES},
            drivers = Driver.CONNECTOR_J)
    void aConnectionThatWasIdleForTooLong(Route route) throws SQLException {
        try (Connection direct = route.direct();
                Connection connection = route.connect()) {
            String id = Sql.id(connection);
            int clients = clients(route);
            Sql.run(connection, "SET SESSION wait_timeout = 1");
            await().atMost(SOON).until(() -> Sql.alive(direct, id) == 0);
            await().atMost(SOON).until(() -> clients(route) < clients);

            assertGone(connection);
        }
    }

    @Routes(hooks = {Hook.NONE, Hook.LUA_LOOKS, Hook.LUA_QUEUES, Hook.PYTHON_QUEUES})
    void aConnectionKilledInTheMiddleOfAResult(Route route) throws SQLException {
        try (Connection direct = route.direct();
                Connection connection = route.connect();
                Connection other = route.connect()) {
            String id = Sql.id(connection);
            ResultSet rows = beginResult(connection, route.driver());
            Sql.run(direct, "KILL " + id);
            long start = System.nanoTime();

            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            rows.getInt(1);
                        }
                    })
                    .isInstanceOf(SQLException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            assertThat(Sql.ask(other, "SELECT 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerKilledInTheMiddleOfAResult(Driver driver) throws Exception {
        try (EmbeddedServer mortal = MysqlServer.start();
                TestProxy proxy = TestProxy.to(mortal, Servers.mariadb()).start();
                Connection first = driver.connect(proxy.port(), mortal.account(), "test");
                Connection second = driver.connect(proxy.port(), mortal.account(), "test")) {
            assertThat(Sql.ask(second, "SELECT @@version")).contains("MariaDB");
            ResultSet rows = beginResult(first, driver);
            kill(mortal);

            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            rows.getInt(1);
                        }
                    })
                    .isInstanceOf(SQLException.class);
            assertThat(Sql.ask(second, "SELECT 1")).isEqualTo("1");
            try (Connection third = driver.connect(proxy.port(), mortal.account(), "test")) {
                assertThat(Sql.ask(third, "SELECT @@version")).contains("MariaDB");
            }
        }
    }

    @Routes(hooks = {Hook.NONE, Hook.LUA_LOOKS, Hook.LUA_QUEUES, Hook.PYTHON_QUEUES})
    void aClientThatLeavesInTheMiddleOfAResult(Route route) throws SQLException {
        try (Connection direct = route.direct();
                Connection connection = route.connect()) {
            String id = Sql.id(connection);
            beginResult(connection, route.driver());
            int clients = clients(route);

            connection.abort(Runnable::run);

            await().atMost(SOON).until(() -> clients(route) < clients);
            await().atMost(SOON).until(() -> Sql.alive(direct, id) == 0);
        }
    }

    /** The result and its statement are lost with the connection. */
    private static ResultSet beginResult(Connection connection, Driver driver) throws SQLException {
        Statement statement = connection.createStatement();
        statement.setFetchSize(driver.streaming());
        ResultSet rows = statement.executeQuery(LONG_RESULT);
        rows.next();
        return rows;
    }

    private static void kill(EmbeddedServer server) {
        server.close();
    }

    private static int clients(Route route) {
        return route.proxy().server().clients(route.hook().isPython() ? "pyproxy" : "proxy");
    }

    private static void assertGone(Connection connection) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> Sql.ask(connection, "SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).matches("08.*|70100|HY000"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
