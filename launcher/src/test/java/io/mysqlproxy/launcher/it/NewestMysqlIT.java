package io.mysqlproxy.launcher.it;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;

/** The latest MySQL there is, where Docker can fetch it. */
@EnabledIf(value = "dockerAnswers", disabledReason = "no Docker engine answers here")
class NewestMysqlIT {
    private static final String IMAGE = "mysql:latest";

    private static final Map<String, ThrowingConsumer<Route>> CORE = Map.of(
            "logs in by the long and the short way",
                    route -> {
                        LoginIT login = new LoginIT();
                        login.aWrongPasswordIsTheServersToRefuse(route);
                        login.aSchemaFromTheStartOrLater(route);
                    },
            "asks", route -> new StatementIT().rowsCountsAndErrors(route),
            "prepares", route -> new StatementIT().preparedOnTheServer(route),
            "fetches", route -> new StatementIT().aCursorFetchesPieceByPiece(route),
            "calls", route -> new StatementIT().aProcedureWithResultsAndParameters(route),
            "sends several", route -> new StatementIT().severalStatementsInOne(route),
            "has transactions", route -> new SessionStateIT().transactions(route),
            "reads all types", route -> new ValueIT().everyTypeIsWhatItIsWithoutTheProxy(route),
            "reads a large row", route -> new ValueIT().aRowOfTwentyMegabytes(route));

    private static MySQLContainer container;
    private static final List<TestProxy> PROXIES = new ArrayList<>();

    static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    static void start() {
        container = new MySQLContainer(IMAGE)
                .withDatabaseName("test")
                .withUsername("app")
                .withPassword("app-secret")
                .withCommand("--local-infile=ON", "--max-allowed-packet=128M");
        container.start();
    }

    @AfterAll
    static void stop() {
        PROXIES.forEach(TestProxy::close);
        container.stop();
    }

    @TestFactory
    List<DynamicTest> core() {
        DatabaseServer server = new Container(container);
        List<DynamicTest> tests = new ArrayList<>();
        for (Hook hook : new Hook[] {Hook.NONE, Hook.LUA_QUEUES, Hook.PYTHON_HOLDS}) {
            TestProxy proxy = Proxies.start(server, hook.script);
            PROXIES.add(proxy);
            for (Driver driver : Driver.values()) {
                Route route = new Route(server, hook, driver, proxy);
                CORE.forEach((what, test) -> tests.add(dynamicTest(what + ", " + route, () -> test.accept(route))));
            }
        }
        return tests;
    }

    /** The container in the eyes of the tests. */
    private record Container(MySQLContainer container) implements DatabaseServer {
        @Override
        public String name() {
            return "MySQL, " + IMAGE;
        }

        @Override
        public int port() {
            return container.getMappedPort(MySQLContainer.MYSQL_PORT);
        }

        @Override
        public Path socket() {
            throw new UnsupportedOperationException("it is in the container");
        }

        @Override
        public Account account() {
            return new Account(container.getUsername(), container.getPassword());
        }

        /** The newest has no such method any more. */
        @Override
        public Account nativeAccount() {
            return account();
        }

        @Override
        public String errorLog() {
            return container.getLogs();
        }
    }
}
