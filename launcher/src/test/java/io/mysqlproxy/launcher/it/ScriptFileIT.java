package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts as files: replaced while they serve, and with modules that are found from where the proxy was started. */
class ScriptFileIT {
    private static final String WHO = """
            local mocked = read_query
            function read_query(packet)
                if packet:sub(2) == "SELECT who" then
                    proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = {
                        fields = { { name = "who", type = proxy.MYSQL_TYPE_VAR_STRING } }, rows = { { %s } } } }
                    return proxy.PROXY_SEND_RESULT
                end
                return mocked(packet)
            end
            """;

    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    @Tag("A-50")
    @Tag("J-32")
    void aFileOfTheSameSizeAndSecondIsAnotherFile() throws Exception {
        Path script = write("'one'", 100);
        try (TestProxy proxy = TestProxy.to().lua(script).start()) {
            assertThat(who(proxy.port())).isEqualTo("one");
            write("'two'", 900);
            assertThat(who(proxy.port())).isEqualTo("two");
            Files.move(write("'six'", 901), folder.resolve("other.lua"));
            Files.move(folder.resolve("other.lua"), script);
            assertThat(who(proxy.port())).isEqualTo("six");
        }
    }

    @Test
    @Tag("A-36")
    @Tag("J-08")
    void hooksOfOneEngineNeverRunTogether() throws Exception {
        Path script = write("""
                (function()
                    assert(not proxy.global.inside, "another hook is running")
                    proxy.global.inside = true
                    local sum = 0
                    for i = 1, 20000 do sum = sum + i end
                    proxy.global.inside = false
                    proxy.global.calls = (proxy.global.calls or 0) + 1
                    return proxy.global.calls
                end)()""", 0);
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (TestProxy proxy = TestProxy.to().lua(script).eventThreads(4).start()) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                work.add(() -> ask50Times(proxy.port()));
            }
            for (Future<Void> done : clients.invokeAll(work)) {
                done.get();
            }
            assertThat(who(proxy.port())).isEqualTo("401");
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    @Tag("A-37")
    @Tag("A-52")
    void modulesAreFoundFromWhereTheProxyWasStarted() throws Exception {
        Path script = write("require('near-the-start').name", 0);
        Path start = Files.createDirectories(folder.resolve("start"));
        Files.writeString(
                Files.createDirectories(start.resolve("b")).resolve("near-the-start.lua"), "return { name = 'b' }");
        Files.writeString(
                Files.createDirectories(start.resolve("option")).resolve("near-the-start.lua"),
                "return { name = 'o' }");

        assertThat(served(start, script)).isEqualTo("b");
        assertThat(served(start, script, "--lua-path=option/?.lua")).isEqualTo("o");
    }

    private String served(Path start, Path script, String... more) throws Exception {
        int port = freePort();
        Path pid = folder.resolve("pid");
        Files.deleteIfExists(pid);
        List<String> arguments = new ArrayList<>(
                List.of("--proxy-address=127.0.0.1:" + port, "--proxy-lua-script=" + script, "--pid-file=" + pid));
        arguments.addAll(List.of(more));
        try (LauncherProcess launcher = LauncherProcess.start(
                TestProxy.repository().resolve("bin/launcher"),
                start,
                Map.of("LUA_PATH", "a/?.lua;b/?.lua"),
                arguments.toArray(String[]::new))) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid));
            String answer = who(port);
            launcher.signal("TERM");
            assertThat(launcher.await()).isZero();
            return answer;
        }
    }

    private Path write(String expression, int millis) throws Exception {
        String mock = Files.readString(TestProxy.repository().resolve("samples/lua/mock.lua"));
        Path script = Files.writeString(folder.resolve("x.lua"), mock + WHO.formatted(expression));
        return Files.setLastModifiedTime(script, FileTime.from(SECOND.plusMillis(millis)));
    }

    private static Void ask50Times(int port) throws SQLException {
        try (Connection connection = connect(port)) {
            for (int i = 0; i < 50; i++) {
                ask(connection);
            }
        }
        return null;
    }

    private static String who(int port) throws SQLException {
        try (Connection connection = connect(port)) {
            return ask(connection);
        }
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection(Servers.mysqlUrl(port), "joe", "secret");
    }

    private static String ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT who")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
