package io.mysqlproxy.launcher.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.Servers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script does to the end of the process, and to other connections when it does not come back. */
class ProcessEndIT {
    private static final Duration START = Duration.ofSeconds(120);
    /** Of which a JVM on a busy machine takes its part. */
    private static final Duration END = Duration.ofSeconds(4);

    @TempDir
    private Path folder;

    private int port;

    @ParameterizedTest
    @Tag("L-50")
    @ValueSource(strings = {"lua", "py"})
    void aScriptEndsTheProcess(String language) throws Exception {
        String script = language.equals("lua") ? """
                  local chassis = require("chassis")
                  function read_query(packet)
                      if packet:find("stop") then chassis.set_shutdown() end
                  end
                  """ : """
                  import chassis
                  def read_query(proxy, packet):
                      if 'stop' in packet:
                          chassis.set_shutdown()
                  """;
        try (LauncherProcess launcher = start(script, language);
                Connection idle = connect();
                Connection connection = connect()) {
            long start = System.nanoTime();
            ask(connection, "SELECT 'stop'");
            assertThat(launcher.await()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(END);
            assertThat(idle.isValid(1)).isFalse();
            assertThat(launcher.err()).contains("Initiating shutdown, requested from");
        }
    }

    @Test
    @Tag("L-80")
    void aSuspendedCoroutineEndsWithTheProcess() throws Exception {
        String script = """
                function read_query(packet)
                    proxy.global.kept = coroutine.create(function() coroutine.yield(1) end)
                    coroutine.resume(proxy.global.kept)
                end
                """;
        try (LauncherProcess launcher = start(script, "lua");
                Connection connection = connect()) {
            ask(connection, "SELECT 1");
            endsOnSignal(launcher, Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @Tag("L-80")
    @CsvSource(
            delimiter = '|',
            value = {
                "lua|require('glib2').usleep(600 * 1000000)",
                "lua|while true do end",
                "lua|os.execute('sleep 600')",
                "py|import time; time.sleep(600)",
                "py|while 1: pass",
            })
    void aHookThatDoesNotComeBackDoesNotHoldUpTheEnd(String language, String statement) throws Exception {
        Path reached = folder.resolve("reached");
        String script = language.equals("lua")
                ? "function read_query(packet)\n if packet:find('stay') then io.open('%s', 'w'):close() %s end\nend\n"
                : "def read_query(proxy, packet):\n  if 'stay' in packet:\n    open('%s', 'w').close()\n    %s\n";
        try (LauncherProcess launcher =
                start(script.formatted(reached, statement), language, "--shutdown-timeout=0.5")) {
            Connection connection = connect();
            CompletableFuture.runAsync(() -> ask(connection, "SELECT 'stay'"));
            await().atMost(START).until(() -> Files.exists(reached));
            endsOnSignal(launcher, Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @CsvSource({"lua,proxy", "py,pyproxy"})
    void aLimitOfTimeLetsOtherConnectionsGoOn(String language, String plugin) throws Exception {
        String script = language.equals("lua")
                ? "function read_query(packet)\n if packet:find('stay') then\n while true do end\n end\nend\n"
                : "def read_query(proxy, packet):\n  while 'stay' in packet:\n    pass\n";
        try (LauncherProcess launcher = start(
                        script,
                        language,
                        "--" + plugin + "-script-timeout=0.5",
                        "--" + plugin + "-on-script-error=refuse");
                Connection loops = connect();
                Connection other = connect()) {
            CompletableFuture<String> looping = CompletableFuture.supplyAsync(() -> ask(loops, "SELECT 'stay'"));
            assertThat(ask(other, "SELECT 'other'")).isEqualTo("other");
            assertThat(looping.get()).contains("Check the error log");
            assertThat(ask(loops, "SELECT 'again'")).isEqualTo("again");
            assertThat(launcher.err()).contains("x." + language).contains("script timed out after 500 ms");
        }
    }

    private static void endsOnSignal(LauncherProcess launcher, Duration longest) throws Exception {
        long start = System.nanoTime();
        launcher.signal("TERM");
        assertThat(launcher.await()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(longest);
    }

    /** The value, or what the error says. */
    private static String ask(Connection connection, String query) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    private LauncherProcess start(String script, String language, String... more) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("x." + language), script);
        String plugin = language.equals("lua") ? "proxy" : "pyproxy";
        String[] all = new String[more.length + 5];
        all[0] = "--pid-file=" + folder.resolve("pid");
        all[1] = "--plugins=" + plugin;
        all[2] = "--" + plugin + "-address=127.0.0.1:" + port;
        all[3] = "--" + plugin + "-backend-addresses=127.0.0.1:"
                + Servers.mysql().port();
        all[4] = "--" + plugin + (language.equals("lua") ? "-lua" : "-python") + "-script=" + file;
        System.arraycopy(more, 0, all, 5, more.length);
        LauncherProcess launcher = LauncherProcess.start(folder, all);
        await().atMost(START).until(() -> Files.exists(folder.resolve("pid")));
        return launcher;
    }

    private Connection connect() throws SQLException {
        Account account = Servers.mysql().nativeAccount();
        return DriverManager.getConnection(Servers.mysqlUrl(port), account.user(), account.password());
    }
}
