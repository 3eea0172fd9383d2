package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A result much larger than the memory of the proxy, for a client that takes its time. */
class SmallHeapIT {
    private static final int ROWS = 100_000;
    private static final int WIDTH = 2000;

    @TempDir
    private Path folder;

    private final DatabaseServer server = Servers.mysql();
    private LauncherProcess launcher;
    private int port;
    private int pythonPort;

    @BeforeEach
    void start() throws IOException {
        port = freePort();
        pythonPort = freePort();
        Path pid = folder.resolve("pid");
        launcher = LauncherProcess.start(
                TestProxy.repository().resolve("bin/launcher"),
                folder,
                Map.of("JAVA_OPTS", "-Xmx64m"),
                "--plugins=proxy,pyproxy",
                "--pid-file=" + pid,
                "--proxy-address=127.0.0.1:" + port,
                "--proxy-backend-addresses=127.0.0.1:" + server.port(),
                "--proxy-lua-script=" + Hook.file("queues.lua"),
                "--pyproxy-address=127.0.0.1:" + pythonPort,
                "--pyproxy-backend-addresses=127.0.0.1:" + server.port(),
                "--pyproxy-python-script=" + Hook.file("queues.py"));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    }

    @AfterEach
    void stop() {
        launcher.close();
    }

    @ParameterizedTest
    @CsvSource({"lua, CONNECTOR_J", "python, MARIADB"})
    void aResultOfTwoHundredMegabytes(String language, Driver driver) throws Exception {
        int proxy = language.equals("lua") ? port : pythonPort;
        try (Connection slow = driver.connect(proxy, server.account(), "test");
                Connection other = driver.connect(proxy, server.account(), "test");
                Statement statement = slow.createStatement()) {
            statement.setFetchSize(driver.streaming());
            // numbered by the server in the order of sending, so that a lost or a doubled row shows
            Sql.run(slow, "SET @row = -1");
            ResultSet rows = statement.executeQuery(Sql.numbers(5, "REPEAT('x', " + WIDTH + "), @row := @row + 1"));
            for (int i = 0; i < ROWS; i++) {
                assertThat(rows.next()).isTrue();
                if (rows.getInt(3) != i || rows.getString(2).length() != WIDTH) {
                    throw new AssertionError("row " + i + " is " + rows.getString(3));
                }
                if (i % (ROWS / 3) == 10) {
                    TimeUnit.MILLISECONDS.sleep(300);
                    assertThat(Sql.ask(other, "SELECT 1")).isEqualTo("1");
                }
            }
            assertThat(rows.next()).isFalse();
        }
        assertThat(launcher.isAlive()).isTrue();
        assertThat(launcher.err()).doesNotContain("OutOfMemory").doesNotContain("(warning)", "(error)");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
