package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcConnection;
import io.mysqlproxy.launcher.server.Account;
import java.sql.Connection;
import java.sql.SQLException;
import org.mariadb.jdbc.MariaDbPoolDataSource;

/** What a connection remembers: transactions, settings, users. */
class SessionStateIT {
    private static final String VARIABLE = "SELECT IFNULL(@v, 'none')";

    @Routes
    void transactions(Route route) throws SQLException {
        try (Connection connection = route.connect()) {
            Sql.run(connection, "CREATE TEMPORARY TABLE t (v INT) ENGINE=InnoDB");
            connection.setAutoCommit(false);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(Sql.ask(connection, "SELECT @@autocommit")).isEqualTo("0");

            Sql.run(connection, "INSERT INTO t VALUES (1)");
            connection.commit();
            Sql.run(connection, "INSERT INTO t VALUES (2)");
            connection.rollback();
            assertThat(Sql.ask(connection, "SELECT GROUP_CONCAT(v) FROM t")).isEqualTo("1");

            connection.setAutoCommit(true);
            assertThat(Sql.ask(connection, "SELECT @@autocommit")).isEqualTo("1");
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        }
    }

    @Routes
    void savepointsAndReadOnly(Route route) throws SQLException {
        try (Connection connection = route.connect()) {
            Sql.run(connection, "CREATE TEMPORARY TABLE t (v INT) ENGINE=InnoDB");
            connection.setAutoCommit(false);
            Sql.run(connection, "INSERT INTO t VALUES (1)");
            var savepoint = connection.setSavepoint("s");
            Sql.run(connection, "INSERT INTO t VALUES (2)");
            connection.rollback(savepoint);
            connection.commit();
            assertThat(Sql.ask(connection, "SELECT GROUP_CONCAT(v) FROM t")).isEqualTo("1");
            connection.commit();

            connection.setReadOnly(true);
            assertThatThrownBy(() -> Sql.run(connection, "CREATE TABLE never (v INT)"))
                    .isInstanceOf(SQLException.class);
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Routes(drivers = Driver.CONNECTOR_J)
    void changesTheUser(Route route) throws SQLException {
        Account other = route.server().nativeAccount();
        try (Connection connection = route.connect(route.driver().prepared)) {
            Sql.run(connection, "SET @v = 'kept'");
            String id = Sql.id(connection);
            JdbcConnection mysql = connection.unwrap(JdbcConnection.class);

            mysql.changeUser(other.user(), other.password());
            assertThat(Sql.ask(connection, "SELECT CURRENT_USER()")).isEqualTo("native@%");
            assertThat(Sql.ask(connection, VARIABLE)).isEqualTo("none");

            Account account = route.server().account();
            mysql.changeUser(account.user(), account.password());
            assertThat(Sql.ask(connection, "SELECT CURRENT_USER()")).isEqualTo("app@%");
            assertThat(Sql.id(connection)).isEqualTo(id);
        }
    }

    /** A server takes a second to refuse. */
    @Routes(
            drivers = Driver.CONNECTOR_J,
            hooks = {Hook.NONE, Hook.LUA_HOLDS, Hook.PYTHON_QUEUES})
    void aChangeOfUserThatIsRefused(Route route) throws SQLException {
        try (Connection connection = route.connect()) {
            JdbcConnection mysql = connection.unwrap(JdbcConnection.class);

            assertThatThrownBy(() -> mysql.changeUser("app", "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Access denied for user 'app'");
        }
    }

    @Routes(drivers = Driver.CONNECTOR_J)
    void resetsTheConnection(Route route) throws SQLException {
        try (Connection connection = route.connect(route.driver().prepared)) {
            String id = Sql.id(connection);
            for (int i = 0; i < 3; i++) {
                Sql.run(connection, "SET @v = 'kept'");
                connection.unwrap(JdbcConnection.class).resetServerState();

                assertThat(Sql.ask(connection, VARIABLE)).isEqualTo("none");
                assertThat(Sql.ask(connection, "SELECT CONCAT(DATABASE(), ' ', CURRENT_USER())"))
                        .isEqualTo("test app@%");
            }
            assertThat(Sql.id(connection)).isEqualTo(id);
        }
    }

    /** The driver does not try with MySQL. */
    @Routes(drivers = Driver.MARIADB, servers = "MariaDB")
    void aPoolGivesBackACleanConnection(Route route) throws SQLException {
        Account account = route.server().account();
        String url = "jdbc:mariadb://127.0.0.1:" + route.port() + "/test?user=" + account.user() + "&password="
                + account.password() + "&sslMode=disable&allowPublicKeyRetrieval=true&maxPoolSize=1"
                + "&useResetConnection=true&registerJmxPool=false";
        try (MariaDbPoolDataSource pool = new MariaDbPoolDataSource(url)) {
            String first = borrow(pool);
            assertThat(borrow(pool)).isEqualTo(first);
        }
    }

    private static String borrow(MariaDbPoolDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            assertThat(Sql.ask(connection, VARIABLE)).isEqualTo("none");
            Sql.run(connection, "SET @v = 'kept'");
            assertThat(Sql.ask(connection, VARIABLE)).isEqualTo("kept");
            return Sql.id(connection);
        }
    }
}
