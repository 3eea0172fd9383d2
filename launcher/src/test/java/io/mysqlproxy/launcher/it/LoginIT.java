package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.server.Account;
import java.sql.Connection;
import java.sql.SQLException;

/** Who may come in, and what those hear who may not. */
class LoginIT {
    private static final String SCHEMA = "test";

    @Routes(servers = "MySQL")
    void cachingSha2ByItsLongWayAndThenByItsShortOne(Route route) throws SQLException {
        try (Connection direct = route.directAs(route.server().nativeAccount(), SCHEMA)) {
            Sql.run(direct, "FLUSH PRIVILEGES");
        }
        for (int i = 0; i < 2; i++) {
            try (Connection connection = route.connect()) {
                assertThat(Sql.ask(connection, "SELECT CURRENT_USER()")).isEqualTo("app@%");
            }
        }
    }

    @Routes
    void nativePassword(Route route) throws SQLException {
        try (Connection connection = route.connectAs(route.server().nativeAccount(), SCHEMA)) {
            assertThat(Sql.ask(connection, "SELECT CURRENT_USER()")).isEqualTo("native@%");
        }
    }

    @Routes
    void aWrongPasswordIsTheServersToRefuse(Route route) {
        for (Account account :
                new Account[] {route.server().account(), route.server().nativeAccount()}) {
            Account wrong = new Account(account.user(), "guess");

            assertSameRefusal(
                    () -> route.connectAs(wrong, SCHEMA).close(),
                    () -> route.directAs(wrong, SCHEMA).close());
        }
    }

    @Routes
    void anUnknownSchemaIsRefused(Route route) {
        Account account = route.server().account();

        assertSameRefusal(
                () -> route.connectAs(account, "nosuch").close(),
                () -> route.directAs(account, "nosuch").close());
    }

    @Routes
    void aSchemaFromTheStartOrLater(Route route) throws SQLException {
        try (Connection connection = route.connect()) {
            assertThat(Sql.ask(connection, "SELECT DATABASE()")).isEqualTo(SCHEMA);
        }
        try (Connection connection = route.connectAs(route.server().account(), "")) {
            assertThat(Sql.ask(connection, "SELECT DATABASE()")).isNull();
            connection.setCatalog("mysql");
            assertThat(Sql.ask(connection, "SELECT DATABASE()")).isEqualTo("mysql");
            assertThat(connection.getCatalog()).isEqualTo("mysql");
        }
    }

    private static void assertSameRefusal(Attempt through, Attempt past) {
        String expected = refusal(past);

        assertThat(expected).startsWith("10");
        assertThat(refusal(through)).isEqualTo(expected);
    }

    private static String refusal(Attempt attempt) {
        try {
            attempt.run();
            return "none";
        } catch (SQLException e) {
            return Sql.error(e);
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws SQLException;
    }
}
