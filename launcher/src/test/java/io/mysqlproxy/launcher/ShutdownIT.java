package io.mysqlproxy.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end, with clients of a real server. */
class ShutdownIT {
    private static final Duration START = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void commandsInFlightFinishAndDisconnectsAreSeenOnce() throws Exception {
        Path gone = folder.resolve("gone");
        Path script = Files.writeString(folder.resolve("x.lua"), """
                function disconnect_client()
                    local f = io.open("%s", "a")
                    f:write(proxy.connection.client.username .. "\\n")
                    f:close()
                end
                """.formatted(gone));
        int port = freePort();
        try (LauncherProcess launcher = start(port, "--proxy-lua-script=" + script);
                Connection idle = connect(port);
                Connection busy = connect(port)) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> slept(busy, 1.5));
            Thread.sleep(300);
            launcher.signal("TERM");
            await().atMost(Duration.ofSeconds(1)).until(() -> !idle.isValid(1));

            assertThat(answer.get()).isEqualTo("0");
            assertThat(launcher.await()).isZero();
            assertThat(Files.readAllLines(gone)).hasSize(2);
        }
    }

    @Test
    void commandsThatTakeTooLongAreCut() throws Exception {
        int port = freePort();
        try (LauncherProcess launcher = start(port, "--shutdown-timeout=0.5");
                Connection busy = connect(port)) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> slept(busy, 20));
            Thread.sleep(300);
            long start = System.nanoTime();
            launcher.signal("TERM");
            assertThat(launcher.await()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(400), START);
            assertThat(answer.get()).isNull();
            assertThat(launcher.err()).contains("commands are still in flight");
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        int port = freePort();
        try (LauncherProcess launcher = start(port, "--shutdown-timeout=60");
                Connection busy = connect(port)) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> slept(busy, 30));
            Thread.sleep(300);
            launcher.signal("INT");
            Thread.sleep(300);
            assertThat(launcher.isAlive()).isTrue();
            long start = System.nanoTime();
            launcher.signal("INT");
            assertThat(launcher.await()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(answer.get()).isNull();
        }
    }

    @Test
    void aHangUpReloadsThePythonScript() throws Exception {
        Path script = Files.writeString(folder.resolve("x.py"), python("one"));
        int port = freePort();
        try (LauncherProcess launcher = LauncherProcess.start(
                folder,
                "--plugins=pyproxy",
                "--pid-file=" + folder.resolve("pid"),
                "--pyproxy-address=127.0.0.1:" + port,
                "--pyproxy-backend-addresses=127.0.0.1:" + Servers.mysql().port(),
                "--pyproxy-python-script=" + script)) {
            await().atMost(START).until(() -> Files.exists(folder.resolve("pid")));
            try (Connection connection = connect(port)) {
                assertThat(asked(connection)).isEqualTo("one");
                Files.writeString(script, "def read_query(");
                launcher.signal("HUP");
                await().until(() -> launcher.err().contains("the version that was loaded before stays"));
                assertThat(asked(connection)).isEqualTo("one");
                Files.writeString(script, python("two"));
                launcher.signal("HUP");
                await().until(() -> launcher.err().contains("reloaded " + script));
                assertThat(asked(connection)).isEqualTo("two");
            }
        }
    }

    @Test
    void idleClientsAreToldWhy() throws Exception {
        int port = freePort();
        Path mock = TestProxy.repository().resolve("samples/lua/mock.lua");
        try (LauncherProcess launcher = start(port, "--proxy-lua-script=" + mock);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            packet(in);
            String login = "\0\2\0\0" + "\0\0\0\1" + "\55" + "\0".repeat(23) + "joe\0" + "\0";
            client.getOutputStream().write(((char) login.length() + "\0\0\1" + login).getBytes(ISO_8859_1));
            assertThat(packet(in)).startsWith("\2:\0");

            launcher.signal("TERM");
            assertThat(packet(in)).isEqualTo("\0:\u00ff\u001d\4#08S01Server shutdown in progress");
            assertThat(in.read()).isEqualTo(-1);
            assertThat(launcher.await()).isZero();
        }
    }

    /** Sequence number, colon, payload. */
    private static String packet(DataInputStream in) throws Exception {
        int length = in.read() | in.read() << 8 | in.read() << 16;
        char sequence = (char) in.read();
        return sequence + ":" + new String(in.readNBytes(length), ISO_8859_1);
    }

    private static String python(String answer) {
        return """
                def read_query(proxy, packet):
                    if "ask" in packet:
                        proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'resultset': {
                            'fields': [('a',)], 'rows': [('%s',)]}}
                        return proxy.PROXY_SEND_RESULT
                """.formatted(answer);
    }

    private static String asked(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT 'ask'")) {
            result.next();
            return result.getString(1);
        }
    }

    private static String slept(Connection connection, double seconds) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT SLEEP(" + seconds + ")")) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            return null;
        }
    }

    private LauncherProcess start(int port, String... more) throws Exception {
        String[] all = new String[more.length + 3];
        all[0] = "--pid-file=" + folder.resolve("pid");
        all[1] = "--proxy-address=127.0.0.1:" + port;
        all[2] = "--proxy-backend-addresses=127.0.0.1:" + Servers.mysql().port();
        System.arraycopy(more, 0, all, 3, more.length);
        LauncherProcess launcher = LauncherProcess.start(folder, all);
        await().atMost(START).until(() -> Files.exists(folder.resolve("pid")));
        return launcher;
    }

    private static Connection connect(int port) throws SQLException {
        Account account = Servers.mysql().nativeAccount();
        return DriverManager.getConnection(Servers.mysqlUrl(port), account.user(), account.password());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
