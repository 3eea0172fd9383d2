package io.mysqlproxy.launcher.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts of the libraries that answer statements of their own, before real servers. */
class LibraryScriptsIT {
    @TempDir
    private Path folder;

    static Stream<Arguments> xtab() {
        return onEach(LibraryScript.both("xtab"));
    }

    static Stream<Arguments> adminSql() {
        return onEach(LibraryScript.both("admin-sql"));
    }

    static Stream<Arguments> loadMulti() {
        return onEach(LibraryScript.lua("load-multi"));
    }

    static Stream<Arguments> watching() {
        return Stream.of("auditing", "active-queries", "active-transactions", "analyze-query", "histogram")
                .flatMap(name -> onEach(LibraryScript.lua(name)));
    }

    private static Stream<Arguments> onEach(Stream<LibraryScript> forms) {
        return forms.flatMap(
                form -> Stream.of(Servers.mysql(), Servers.mariadb()).map(server -> Arguments.of(server, form)));
    }

    @ParameterizedTest
    @MethodSource("xtab")
    void crossTabulation(DatabaseServer server, LibraryScript form) throws Exception {
        try (TestProxy proxy = form.into(TestProxy.to(server), folder).start();
                Connection client = connect(server, form.port(proxy))) {
            assertThat(rows(client, "XTAB VERSION")).containsExactly("XTAB version=0.1.3");
            assertThat(rows(client, "select xtab help")).hasSize(19);
            assertThat(rows(client, "xtab t r c median o").get(0)).isEqualTo("XTAB ERROR=unknown operator.");
            run(client, "DROP TABLE IF EXISTS sales");
            run(client, "CREATE TABLE sales (who VARCHAR(9), what VARCHAR(9), amount INT)");
            run(client, "INSERT INTO sales VALUES ('ann','a`b',1),('ann','it''s',2),('joe','a`b',4),('joe','a`b',8)");
            assertThat(rows(client, "XTAB sales who what SUM amount"))
                    .containsExactly(
                            "who=ann|what_a`b=1|what_it's=2|total=3", "who=joe|what_a`b=12|what_it's=null|total=12");
            assertThat(rows(client, "XTAB sales who what COUNT amount"))
                    .containsExactly(
                            "who=ann|what_a`b=1|what_it's=1|total=2", "who=joe|what_a`b=2|what_it's=0|total=2");
            run(client, "DELETE FROM sales");
            assertThat(rows(client, "XTAB sales who what SUM amount")).isEmpty();
            assertThatThrownBy(() -> rows(client, "XTAB nosuch who what SUM amount"))
                    .isInstanceOf(SQLException.class);
            assertThat(rows(client, "SELECT 1 AS one")).containsExactly("one=1");
            run(client, "DROP TABLE sales");
        }
    }

    @ParameterizedTest
    @MethodSource("adminSql")
    void rareCommands(DatabaseServer server, LibraryScript form) throws Exception {
        try (TestProxy proxy = form.into(TestProxy.to(server), folder).start();
                Connection client = connect(server, form.port(proxy))) {
            run(client, "PING");
            assertThat(rows(client, "STATISTICS").get(0)).startsWith("statisitics=Uptime: ");
            assertThat(rows(client, "PROCINFO")).isNotEmpty();
            run(client, "PREP1");
            run(client, "DEBUG");
            assertThatThrownBy(() -> run(client, "ping")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> run(client, "PREP")).isInstanceOf(SQLException.class);
            assertThat(rows(client, "SELECT 1 AS one")).containsExactly("one=1");
        }
    }

    @ParameterizedTest
    @MethodSource("loadMulti")
    void severalScripts(DatabaseServer server, LibraryScript form) throws Exception {
        Path first = script("first", "if q == 'SELECT 1 AS one' then return answer('first') end");
        Path second = script(
                "second",
                "if q:find('one') then return answer('second') end\n"
                        + "if q == 'count' then n = (n or 0) + 1 return answer(n) end");
        Path failing = script("failing", "error('broken')");
        try (TestProxy proxy = form.into(TestProxy.to(server), folder).start();
                Connection client = connect(server, form.port(proxy));
                Connection other = connect(server, form.port(proxy))) {
            assertThat(rows(client, "SELECT 1 AS one")).containsExactly("one=1");
            assertThatThrownBy(() -> run(client, "PLOAD /nonexistent.lua"))
                    .hasMessageContaining("(load-multi) cannot open /nonexistent.lua");
            run(client, "PLOAD " + failing);
            run(client, "pload " + first + ";");
            run(client, "PLOAD " + second);
            assertThat(rows(client, "SHOW PLOADED"))
                    .hasSize(3)
                    .last()
                    .asString()
                    .contains("hooks=read_query");
            assertThat(rows(other, "SELECT 1 AS one")).containsExactly("v=first");
            assertThat(rows(other, "SELECT 2 AS one")).containsExactly("v=second");
            assertThat(rows(client, "count")).containsExactly("v=1");
            assertThat(rows(other, "count")).containsExactly("v=2");
            run(client, "PUNLOAD " + first);
            assertThat(rows(other, "SELECT 1 AS one")).containsExactly("v=second");
            assertThatThrownBy(() -> run(client, "PUNLOAD nosuch")).hasMessageContaining("'nosuch' is not loaded");
            // a name that require would find, and results that a script asks for
            run(client, "PLOAD xtab");
            assertThat(rows(client, "XTAB VERSION")).containsExactly("XTAB version=0.1.3");
            for (String name : List.of(second.toString(), failing.toString(), "xtab")) {
                run(client, "PUNLOAD " + name);
            }
            assertThat(rows(client, "SHOW PLOADED")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("watching")
    void whatOnlyWatchesChangesNothing(DatabaseServer server, LibraryScript form) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (TestProxy proxy = form.into(TestProxy.to(server), folder).start();
                Connection client = connect(server, form.port(proxy));
                Connection other = connect(server, form.port(proxy))) {
            run(client, "DROP TABLE IF EXISTS watched");
            run(client, "CREATE TABLE watched (id INT) ENGINE=InnoDB");
            run(client, "BEGIN");
            run(client, "INSERT INTO watched VALUES (1)");
            assertThat(rows(client, "SELECT id AS i FROM watched")).containsExactly("i=1");
            assertThatThrownBy(() -> run(client, "SELECT nosuch")).isInstanceOf(SQLException.class);
            watched(form.name(), other);
            run(client, "COMMIT");
            run(client, "DROP TABLE watched");
            assertThat(rows(client, "SELECT 2 AS two")).containsExactly("two=2");
            if (form.name().equals("active-transactions")) {
                assertThat(rows(other, "SHOW ACTIVE TRANSACTIONS")).isEmpty();
            }
        } finally {
            System.setOut(out);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        if (form.name().equals("auditing")) {
            assertThat(text).contains("login", "[COM_QUERY] INSERT INTO watched VALUES (1)", "gone");
        } else if (form.name().equals("analyze-query")) {
            assertThat(text)
                    .containsPattern("INSERT INTO `watched` VALUES \\( \\? \\) : done, \\d+ us .* 1 affected, 0 warn");
        }
    }

    private static void watched(String script, Connection other) throws SQLException {
        switch (script) {
            case "active-queries" ->
                assertThat(rows(other, "SHOW ACTIVE QUERIES")).isEmpty();
            case "active-transactions" ->
                assertThat(rows(other, "show active transactions;"))
                        .anyMatch(row -> row.endsWith("|position=1|query=BEGIN"))
                        .anyMatch(row -> row.endsWith("|query=INSERT INTO watched VALUES (1)"));
            case "histogram" -> {
                assertThat(rows(other, "SELECT * FROM histogram.queries"))
                        .anyMatch(row -> row.matches("query=INSERT INTO `watched` VALUES \\( \\? \\) \\|count=1\\|.*"));
                assertThat(rows(other, "select * from histogram.tables;"))
                        .contains("table=test.watched|reads=1|writes=3");
                run(other, "DELETE FROM histogram.queries");
                assertThat(rows(other, "SELECT * FROM histogram.queries")).isEmpty();
            }
            default -> assertThat(rows(other, "SELECT 3 AS three")).containsExactly("three=3");
        }
    }

    private Path script(String name, String lines) throws Exception {
        return Files.writeString(folder.resolve(name + ".lua"), """
                local function answer(value)
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK,
                        resultset = { fields = { { name = "v" } }, rows = { { value } } } }
                    return proxy.PROXY_SEND_RESULT
                end
                function read_query(packet)
                    local q = packet:sub(2)
                    %s
                end
                """.formatted(lines));
    }

    private static Connection connect(DatabaseServer server, int port) throws SQLException {
        String url = server == Servers.mysql() ? Servers.mysqlUrl(port) : Servers.mariadbUrl(port);
        return DriverManager.getConnection(
                url, server.account().user(), server.account().password());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Each row as name=value, joined by bars. */
    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        // not executeQuery, since drivers look at what a statement begins with
        try (var statement = connection.createStatement();
                var result = executed(statement, sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(result.getMetaData().getColumnLabel(i) + "=" + result.getString(i));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }

    private static ResultSet executed(Statement statement, String sql) throws SQLException {
        statement.execute(sql);
        return statement.getResultSet();
    }
}
