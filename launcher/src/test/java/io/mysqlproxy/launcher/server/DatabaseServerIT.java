package io.mysqlproxy.launcher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.launcher.testing.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseServerIT {
    @Test
    void mysqlAcceptsBothAccounts() throws SQLException {
        DatabaseServer server = Servers.mysql();

        assertThat(server.name()).isEqualTo("MySQL " + ask(server, server.account(), "SELECT @@version"));
        assertThat(ask(server, server.account(), "SELECT plugin FROM mysql.user WHERE user = 'app'"))
                .isEqualTo("caching_sha2_password");
        assertThat(ask(server, server.nativeAccount(), "SELECT plugin FROM mysql.user WHERE user = 'native'"))
                .isEqualTo("mysql_native_password");
    }

    @Test
    void mysqlOffersTlsAndLocalFiles() throws SQLException {
        DatabaseServer server = Servers.mysql();

        assertThat(ask(server, server.account(), "SELECT @@local_infile")).isEqualTo("1");
        String url = "jdbc:mysql://127.0.0.1:" + server.port() + "/test?sslMode=REQUIRED";
        assertThat(ask(url, server.account(), "SHOW STATUS LIKE 'Ssl_cipher'")).isEqualTo("Ssl_cipher");
    }

    @Test
    void mariadbAcceptsBothAccounts() throws SQLException {
        DatabaseServer server = Servers.mariadb();

        assertThat(ask(server, server.account(), "SELECT @@version"))
                .startsWith(server.name().substring("MariaDB ".length()));
        assertThat(ask(server, server.nativeAccount(), "SELECT CURRENT_USER()")).isEqualTo("native@%");
        assertThat(ask(server, server.account(), "SELECT @@local_infile")).isEqualTo("1");
    }

    @Test
    void oldMysqlAcceptsBothAccounts() throws SQLException {
        DatabaseServer server = Servers.oldMysql();

        assertThat(server.name()).isEqualTo("MySQL " + ask(server, server.account(), "SELECT @@version"));
        assertThat(ask(server, server.nativeAccount(), "SELECT CURRENT_USER()")).isEqualTo("native@%");
    }

    @Test
    void closeLeavesNothingBehind(@TempDir Path folder) throws Exception {
        ServerCache cache = new ServerCache(folder);
        EmbeddedServer server = MysqlServer.start(cache);
        long pid = Long.parseLong(Files.readString(server.socket().getParent().resolveSibling("pid"))
                .strip());
        assertThat(server.socket()).exists();

        server.close();
        server.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(entries(cache.running())).isEmpty();
    }

    @Test
    void manyStartsAtOnceInAnEmptyFolder(@TempDir Path folder) throws Exception {
        ServerCache cache = new ServerCache(folder);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Callable<EmbeddedServer>> starts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                starts.add(() -> MysqlServer.start(cache));
            }
            for (Future<EmbeddedServer> start : pool.invokeAll(starts)) {
                try (EmbeddedServer server = start.get()) {
                    assertThat(ask(server, server.account(), "SELECT 1")).isEqualTo("1");
                }
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(entries(folder)).containsExactly("MySQL-8.0.31", "MySQL-8.0.31-data", "running");
    }

    @Test
    void aServerWithoutOwnerIsSweptAway(@TempDir Path folder) throws Exception {
        Path orphan = Files.createDirectories(folder.resolve("running/deadbeef"));
        Files.createFile(folder.resolve("running/deadbeef.lock"));
        Process stray = new ProcessBuilder("sh", "-c", "sleep 60; exit # " + orphan.resolve("data")).start();
        Files.writeString(orphan.resolve("pid"), stray.pid() + "\n");

        RunDirectory.create(folder.resolve("running")).close();

        assertThat(stray.waitFor()).isNotZero();
        assertThat(entries(folder.resolve("running"))).isEmpty();
    }

    @Test
    void aServerThatDoesNotStartSaysWhy() {
        assertThatThrownBy(() -> MysqlServer.start("--no-such-option"))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("does not start")
                .hasMessageContaining("no-such-option");
    }

    private static List<String> entries(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String ask(DatabaseServer server, Account account, String sql) throws SQLException {
        return ask(Servers.mysqlUrl(server.port()), account, sql);
    }

    private static String ask(String url, Account account, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, account.user(), account.password());
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
