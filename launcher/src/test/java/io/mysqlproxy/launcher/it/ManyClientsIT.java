package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** As many clients as a busy application has. */
class ManyClientsIT {
    private static final int CLIENTS = 200;
    private static final int SECONDS = 60;

    @Routes(
            drivers = Driver.MARIADB,
            hooks = {Hook.NONE, Hook.LUA_QUEUES, Hook.PYTHON_HOLDS})
    void allAtOnce(Route route) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        try (Connection direct = route.direct()) {
            String limit = Sql.ask(direct, "SELECT @@GLOBAL.max_connections");
            Sql.run(direct, "SET GLOBAL max_connections = " + 2 * CLIENTS);
            try {
                CountDownLatch connected = new CountDownLatch(CLIENTS);
                List<Callable<String>> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    String name = "client " + i;
                    clients.add(() -> talk(route, name, connected));
                }
                for (Future<String> client : pool.invokeAll(clients, SECONDS, TimeUnit.SECONDS)) {
                    assertThat(client.get()).startsWith("client ");
                }
            } finally {
                Sql.run(direct, "SET GLOBAL max_connections = " + limit);
            }
            String plugin = route.hook().isPython() ? "pyproxy" : "proxy";
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> route.proxy().server().clients(plugin) == 0);
            await().atMost(Duration.ofSeconds(10)).until(() -> sessions(direct) == 1);
        } finally {
            pool.shutdownNow();
        }
    }

    private static String talk(Route route, String name, CountDownLatch connected)
            throws SQLException, InterruptedException {
        try (Connection connection = route.connect()) {
            Sql.run(connection, "SET @name = '" + name + "'");
            connected.countDown();
            if (!connected.await(SECONDS, TimeUnit.SECONDS)) {
                return "only " + (CLIENTS - connected.getCount()) + " got in";
            }
            for (int i = 0; i < 10; i++) {
                if (!name.equals(Sql.ask(connection, "SELECT @name"))) {
                    return "somebody else's answer";
                }
            }
            return name;
        }
    }

    /** Connections of clients, and not of the server's own threads. */
    private static int sessions(Connection direct) throws SQLException {
        return Integer.parseInt(
                Sql.ask(direct, "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'app'"));
    }
}
