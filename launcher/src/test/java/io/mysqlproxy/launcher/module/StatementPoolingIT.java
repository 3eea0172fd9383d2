package io.mysqlproxy.launcher.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MariadbServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** rw-splitting, ro-pooling and ro-balance between two servers of a kind: which statement reaches which, and with what session. */
class StatementPoolingIT {
    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private DatabaseServer writer;
    private DatabaseServer reader;
    private LibraryScript script;
    private TestProxy proxy;

    static Stream<Arguments> splitting() {
        return Stream.of("MySQL", "MariaDB")
                .flatMap(kind -> LibraryScript.both("rw-splitting").map(form -> Arguments.of(kind, form)));
    }

    static Stream<Arguments> pooling() {
        return Stream.of("MySQL", "MariaDB")
                .flatMap(kind -> LibraryScript.lua("ro-pooling").map(form -> Arguments.of(kind, form)));
    }

    static Stream<Arguments> balancing() {
        return LibraryScript.lua("ro-balance").map(form -> Arguments.of("MySQL", form));
    }

    @AfterEach
    void end() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @ParameterizedTest
    @MethodSource("splitting")
    void statementsGoWhereTheyBelong(String kind, LibraryScript form) throws Exception {
        start(kind, form, true);
        fill("rwsplit");
        Connection client = connect();
        String write = Integer.toString(writer.port());
        String read = Integer.toString(reader.port());
        assertThat(ask(client, "SELECT @@port")).isEqualTo(read);
        assertThat(ask(client, "SELECT @@port FOR UPDATE")).isEqualTo(write);
        // the id, a warning and an error are asked for where they arose
        run(client, "INSERT INTO split (name) VALUES ('a')");
        assertThat(ask(client, "SELECT LAST_INSERT_ID()")).isEqualTo("1");
        run(client, "INSERT INTO split (name) VALUES ('b')");
        assertThat(ask(client, "SELECT @@port")).isEqualTo(write);
        assertThat(ask(client, "SELECT @@port")).isEqualTo(read);
        assertThatThrownBy(() -> run(client, "INSERT INTO split (id) VALUES (1)"))
                .isInstanceOf(SQLException.class);
        assertThat(ask(client, "SHOW ERRORS LIMIT 1")).isEqualTo("Error");
        assertThat(ask(client, "SELECT @@port")).isEqualTo(read);
        transactions(client, write, read);
        // a transaction that an error interrupts is still one
        run(client, "BEGIN");
        run(client, "INSERT INTO split (name) VALUES ('lost')");
        assertThatThrownBy(() -> run(client, "SELECT nosuch")).isInstanceOf(SQLException.class);
        assertThat(ask(client, "SELECT COUNT(*) FROM split WHERE name = 'lost'"))
                .isEqualTo("1");
        run(client, "ROLLBACK");
        assertThat(ask(client, "SELECT @@port")).isEqualTo(read);
    }

    private static void transactions(Connection client, String write, String read) throws SQLException {
        client.setAutoCommit(false);
        assertThat(ask(client, "SELECT @@port")).isEqualTo(write);
        run(client, "INSERT INTO split (name) VALUES ('gone')");
        client.rollback();
        assertThat(ask(client, "SELECT COUNT(*) FROM split WHERE name = 'gone'"))
                .isEqualTo("0");
        client.commit();
        client.setAutoCommit(true);
        assertThat(ask(client, "SELECT @@port")).isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("splitting")
    void aSessionIsTheSameWhereverItsStatementsRun(String kind, LibraryScript form) throws Exception {
        start(kind, form, true);
        fill("rwsplit");
        Connection client = connect();
        Connection other = connect();
        run(client, "SET time_zone = '+03:00'");
        run(client, "CREATE DATABASE IF NOT EXISTS elsewhere");
        client.setCatalog("elsewhere");
        for (int i = 0; i < 3; i++) {
            assertThat(ask(client, "SELECT CONCAT(@@time_zone, DATABASE())")).isEqualTo("+03:00elsewhere");
            assertThat(ask(other, "SELECT CONCAT(@@time_zone, DATABASE())")).isEqualTo("SYSTEMtest");
        }
        client.setCatalog("test");
        run(other, "CREATE TEMPORARY TABLE own (id INT)");
        run(other, "INSERT INTO own VALUES (7)");
        run(other, "SET @mine = 5");
        assertThat(ask(other, "SELECT id + @mine FROM own")).isEqualTo("12");
        assertThatThrownBy(() -> ask(client, "SELECT * FROM own")).isInstanceOf(SQLException.class);
        other.close();
        assertThatThrownBy(() -> ask(client, "SELECT * FROM own")).isInstanceOf(SQLException.class);
        assertThat(ask(client, "SELECT @mine")).isNull();
        // what a comment hides stays with who has written it
        Connection hiding = connect();
        run(hiding, "/*!40101 SET time_zone = '+09:00' */");
        assertThat(ask(hiding, "SELECT @@time_zone")).isEqualTo("+09:00");
        hiding.close();
        for (int i = 0; i < 3; i++) {
            assertThat(ask(connect(), "SELECT @@time_zone")).isEqualTo("SYSTEM");
        }
    }

    @ParameterizedTest
    @MethodSource("splitting")
    void preparedStatementsStayWhereTheyAre(String kind, LibraryScript form) throws Exception {
        start(kind, form, true);
        fill("rwsplit");
        Connection client = connect("&useServerPrepStmts=true");
        Connection other = connect("&useServerPrepStmts=true");
        try (var insert = client.prepareStatement("INSERT INTO split (name) VALUES (?)");
                var select = client.prepareStatement("SELECT COUNT(*) FROM split WHERE name LIKE ?");
                var others = other.prepareStatement("SELECT ?")) {
            for (int i = 1; i <= 5; i++) {
                insert.setString(1, "p" + i);
                assertThat(insert.executeUpdate()).isOne();
                others.setInt(1, i);
                try (var result = others.executeQuery()) {
                    result.next();
                    assertThat(result.getInt(1)).isEqualTo(i);
                }
                assertThat(ask(other, "SELECT 'between'")).isEqualTo("between");
                select.setString(1, "p%");
                try (var result = select.executeQuery()) {
                    result.next();
                    assertThat(result.getInt(1)).isEqualTo(i);
                }
            }
        }
        assertThat(ask(client, "SELECT 'after'")).isEqualTo("after");
    }

    static Stream<Arguments> bulk() {
        return LibraryScript.both("rw-splitting").map(form -> Arguments.of("MariaDB", form));
    }

    /** MariaDB's driver executes what it prepares in the same breath: if that fails, nothing else is executed. */
    @ParameterizedTest
    @MethodSource("bulk")
    void bulkExecutionsAreStatementsLikeOthers(String kind, LibraryScript form) throws Exception {
        start(kind, form, true);
        fill("rwsplit");
        String bulk = "&useServerPrepStmts=true&useBulkStmts=true";
        Connection client = connect(bulk);
        Connection other = connect(bulk);
        client.setAutoCommit(false);
        assertThat(inserted(client, "INSERT INTO split (name) VALUES (?)")).isEqualTo(3);
        assertThat(ask(client, "SELECT COUNT(*) FROM split"))
                .as("own transaction")
                .isEqualTo("3");
        assertThat(ask(other, "SELECT COUNT(*) FROM split FOR UPDATE SKIP LOCKED"))
                .isEqualTo("0");
        client.commit();
        client.setAutoCommit(true);
        for (int i = 0; i < 5; i++) {
            String wrong = "INSERT INTO nosuch" + i + " VALUES (?)";
            assertThatThrownBy(() -> inserted(other, wrong)).hasMessageContaining("nosuch");
            assertThat(ask(client, "SELECT COUNT(*) FROM split FOR UPDATE")).isEqualTo("3");
        }
        assertThat(inserted(other, "INSERT INTO split (name) VALUES (?)")).isEqualTo(3);
        assertThat(ask(client, "SELECT COUNT(*) FROM split FOR UPDATE")).isEqualTo("6");
    }

    /** How many rows a batch has put in. */
    private static int inserted(Connection client, String sql) throws SQLException {
        try (var insert = client.prepareStatement(sql)) {
            for (int i = 0; i < 3; i++) {
                insert.setString(1, "b" + i);
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    @ParameterizedTest
    @MethodSource("pooling")
    void readersShareTheConnectionsOfAllServers(String kind, LibraryScript form) throws Exception {
        start(kind, form, false);
        fill("ropool");
        Set<String> ports = new HashSet<>();
        Connection busy = connect();
        run(busy, "BEGIN");
        ports.add(ask(busy, "SELECT @@port"));
        Connection client = connect();
        for (int i = 0; i < 4; i++) {
            ports.add(ask(client, "SELECT @@port"));
        }
        // the busy one holds a connection of one server, so the other one serves the next client
        assertThat(ports).hasSize(2);
        run(busy, "COMMIT");
    }

    @ParameterizedTest
    @MethodSource("balancing")
    void clientsAreSpread(String kind, LibraryScript form) throws Exception {
        start(kind, form, false);
        List<String> ports = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ports.add(ask(connect(), "SELECT @@port"));
        }
        assertThat(ports.stream().filter(Integer.toString(reader.port())::equals))
                .hasSize(2);
        assertThat(ports.stream().filter(Integer.toString(writer.port())::equals))
                .hasSize(2);
    }

    private void start(String kind, LibraryScript form, boolean split) throws Exception {
        script = form;
        EmbeddedServer second = kind.equals("MySQL") ? MysqlServer.start() : MariadbServer.start();
        open.add(second);
        reader = second;
        writer = kind.equals("MySQL") ? Servers.mysql() : Servers.mariadb();
        TestProxy.Builder builder = TestProxy.to(writer);
        if (split) {
            builder.readOnlyBackend("127.0.0.1:" + reader.port());
        } else {
            builder.backend("127.0.0.1:" + reader.port());
        }
        proxy = form.into(builder, folder).start();
        open.add(proxy);
        for (DatabaseServer server : List.of(writer, reader)) {
            try (Connection direct = direct(server)) {
                run(direct, "DROP TABLE IF EXISTS split");
                run(direct, "CREATE TABLE split (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20)) ENGINE=InnoDB");
                run(direct, "CREATE DATABASE IF NOT EXISTS elsewhere");
            }
        }
    }

    /** Leaves idle connections to both servers in the pools. */
    private void fill(String module) throws SQLException {
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            clients.add(connect());
        }
        run(clients.get(0), "PROXY SET GLOBAL " + module + ".max_idle_connections = 20");
        for (Connection client : clients) {
            client.close();
        }
    }

    private Connection connect() throws SQLException {
        return connect("");
    }

    private Connection connect(String properties) throws SQLException {
        Account account = writer.account();
        Connection connection =
                DriverManager.getConnection(url(script.port(proxy)) + properties, account.user(), account.password());
        open.add(connection);
        return connection;
    }

    private Connection direct(DatabaseServer server) throws SQLException {
        return DriverManager.getConnection(
                url(server.port()), server.account().user(), server.account().password());
    }

    private String url(int port) {
        return writer == Servers.mysql() ? Servers.mysqlUrl(port) : Servers.mariadbUrl(port);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
