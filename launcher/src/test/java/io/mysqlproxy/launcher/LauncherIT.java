package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.testing.LauncherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher as users and service managers see it: a process with options, a log and signals. */
class LauncherIT {
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    @Tag("A-24")
    @Tag("A-25")
    @Tag("A-30")
    @Tag("A-32")
    @Tag("A-53")
    @Tag("J-24")
    @Tag("J-28")
    void servesUntilASignal(String signal) throws Exception {
        int port = freePort();
        int pythonPort = freePort();
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
                LauncherProcess launcher = start(
                        "--plugins=proxy,pyproxy",
                        "--proxy-address=127.0.0.1:" + port,
                        "--proxy-backend-addresses=127.0.0.1:" + silent.getLocalPort(),
                        "--proxy-read-only-backend-addresses=127.0.0.1:3307",
                        "--pyproxy-address=127.0.0.1:" + pythonPort,
                        "--pyproxy-backend-addresses=127.0.0.1:" + silent.getLocalPort())) {
            awaitReady(launcher);
            Socket open = connect(port);
            Socket alsoOpen = connect(pythonPort);
            silent.accept();
            silent.accept();
            launcher.signal("HUP");
            launcher.signal("USR1");
            launcher.signal("USR2");
            await().until(() -> launcher.err().contains("re-opened log file after SIGHUP"));
            assertThat(launcher.isAlive()).isTrue();

            long start = System.nanoTime();
            launcher.signal(signal);

            assertThat(launcher.await()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            open.close();
            alsoOpen.close();
            assertThat(launcher.out()).isEmpty();
            assertThat(texts(launcher))
                    .startsWith(
                            "(critical) plugin proxy " + Version.number() + " started",
                            "(critical) plugin pyproxy " + Version.number() + " started")
                    .contains(
                            "(message) proxy listening on port 127.0.0.1:" + port,
                            "(message) added read/write backend: 127.0.0.1:" + silent.getLocalPort(),
                            "(message) added read-only backend: 127.0.0.1:3307",
                            "(message) pyproxy listening on port 127.0.0.1:" + pythonPort)
                    .endsWith(
                            "(message) Initiating shutdown, requested from signal handler",
                            "(message) shutting down normally, exit code is: 0");
        }
    }

    @Test
    @Tag("A-24")
    void aQuietLogHasOneLineAPlugin() throws Exception {
        try (LauncherProcess launcher = start("--log-level=critical", "--proxy-address=127.0.0.1:" + freePort())) {
            awaitReady(launcher);
            launcher.signal("TERM");
            launcher.await();

            assertThat(texts(launcher)).containsExactly("(critical) plugin proxy " + Version.number() + " started");
        }
    }

    @Test
    @Tag("A-27")
    void aMovedLogIsMadeAgain() throws Exception {
        try (LauncherProcess launcher = start(
                "--log-level=critical",
                "--log-file=x.log",
                "--basedir=" + folder,
                "--proxy-address=127.0.0.1:" + freePort())) {
            awaitReady(launcher);
            Path moved = Files.move(folder.resolve("x.log"), folder.resolve("x.log.1"));
            launcher.signal("HUP");

            await().atMost(Duration.ofSeconds(1)).until(() -> Files.exists(folder.resolve("x.log")));
            assertThat(Files.readAllLines(moved)).singleElement().asString().endsWith(" started");
            assertThat(launcher.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nosuch                    | Unknown option --nosuch (use --help to show all options)",
                "foo                         | unknown option: foo",
                "--log-level                 | Missing argument for --log-level",
                "--event-threads=x           | Cannot parse integer value “x” for --event-threads",
                "--event-threads=0           | --event-threads has to be >= 1, is 0",
                "--log-level=DEBUG           | --log-level=... failed, level 'DEBUG' is unknown",
                "--basedir=rel               | --basedir option must be an absolute path, but was rel",
                "--plugins=nosuch            | loading module 'nosuch' failed: unknown plugin, known are: admin, proxy, pyproxy",
                "--log-file=/none/y.log      | can't open log-file '/none/y.log': No such file or directory",
                "--help-admin                | Unknown option --help-admin (use --help to show all options)"
            })
    @Tag("A-02")
    @Tag("A-03")
    @Tag("A-04")
    @Tag("A-05")
    @Tag("A-08")
    @Tag("A-09")
    @Tag("A-11")
    void badOptionsEndItAtOnce(String argument, String message) throws Exception {
        try (LauncherProcess launcher = start(argument)) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(launcher.out()).isEmpty();
            assertThat(texts(launcher))
                    .extracting(String::strip)
                    .containsExactly(
                            "(critical) " + message,
                            "(message) Initiating shutdown, requested from start-up",
                            "(message) shutting down normally, exit code is: 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--proxy-address=             | IP-address has to be in the form [<ip>][:<port>], is ''. Nothing is given",
                "--proxy-address=192.0.2.1:1  | bind(192.0.2.1:1) failed: Cannot assign requested address (99)",
                "--proxy-address=/none/x.sock | bind(/none/x.sock) failed: No such file or directory (2)",
                "--proxy-address=a:           | IP-address has to be in the form [<ip>][:<port>], is 'a:'. No port number",
                "--proxy-address=a:12x        | IP-address has to be in the form [<ip>][:<port>], is 'a:12x'. Failed to parse the port at 'x'",
                "--proxy-address=a:99999      | illegal value 99999 for port, only 1 ... 65535 allowed",
                "-b127.0.0.1:1,127.0.0.1:1    | backend 127.0.0.1:1 is already known!",
                "--proxy-address=host.invalid:1 | cannot resolve 'host.invalid'",
                "-bhost.invalid:1             | cannot resolve 'host.invalid'"
            })
    @Tag("A-13")
    @Tag("A-14")
    void badAddressesAreThePluginsFault(String argument, String message) throws Exception {
        try (LauncherProcess launcher = start("--proxy-address=127.0.0.1:" + freePort(), argument)) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(texts(launcher))
                    .containsSubsequence(
                            "(critical) " + message,
                            "(critical) applying config of plugin proxy failed",
                            "(critical) Failure from chassis_mainloop. Shutting down.");
            assertThat(folder.resolve("pid")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-b127.0.0.1:1,127.0.0.1:1      | backend 127.0.0.1:1 is already known!",
                "--pyproxy-address=host.invalid:1 | cannot resolve 'host.invalid'",
                "-bhost.invalid:1               | cannot resolve 'host.invalid'"
            })
    @Tag("A-14")
    @Tag("J-39")
    void thePythonProxyReadsItsAddressesAlike(String argument, String message) throws Exception {
        try (LauncherProcess launcher =
                start("--plugins=pyproxy", "--pyproxy-address=127.0.0.1:" + freePort(), argument)) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(texts(launcher))
                    .containsSubsequence(
                            "(critical) " + message, "(critical) applying config of plugin pyproxy failed");
        }
    }

    @Test
    @Tag("A-13")
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LauncherProcess launcher = start("--proxy-address=127.0.0.1:" + taken.getLocalPort())) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(texts(launcher))
                    .contains("(critical) bind(127.0.0.1:" + taken.getLocalPort()
                            + ") failed: Address already in use (98)");
            assertThat(folder.resolve("pid")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--log-level=message     | --admin-username needs to be set",
                "--admin-username=x      | --admin-password needs to be set",
                "--admin-username=x --admin-password= | --admin-password cannot be empty"
            })
    @Tag("A-38")
    void theAdminPluginHasNoDefaultAccount(String arguments, String message) throws Exception {
        try (LauncherProcess launcher = start(("--plugins=admin " + arguments).split(" "))) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(texts(launcher))
                    .containsSubsequence(
                            "(critical) " + message,
                            "(critical) applying config of plugin admin failed",
                            "(critical) Failure from chassis_mainloop. Shutting down.");
            assertThat(folder.resolve("pid")).doesNotExist();
        }
    }

    @Test
    @Tag("A-10")
    void twoLogsAreOneTooMany() throws Exception {
        try (LauncherProcess launcher = start("--log-file=" + folder.resolve("x.log"), "--log-use-syslog")) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(texts(launcher))
                    .contains("(critical) log-file and log-use-syslog were given, but only one is allowed");
            assertThat(folder.resolve("x.log")).doesNotExist();
        }
    }

    @Test
    @Tag("A-15")
    void aSocketFileNobodyServesIsReplaced() throws Exception {
        Path socket = folder.resolve("x.sock");
        try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(socket));
            try (LauncherProcess launcher = start("--proxy-address=" + socket)) {
                assertThat(launcher.await()).isEqualTo(1);
                assertThat(launcher.err()).contains("bind(" + socket + ") failed: Address already in use (98)");
            }
        }
        assertThat(socket).exists();
        try (LauncherProcess launcher = start("--proxy-address=" + socket)) {
            awaitReady(launcher);
            try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThat(client.connect(UnixDomainSocketAddress.of(socket))).isTrue();
            }
            launcher.signal("TERM");
            assertThat(launcher.await()).isZero();
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void everyLineOfASessionSaysWhose() throws Exception {
        int port = freePort();
        try (LauncherProcess launcher =
                start("--proxy-address=127.0.0.1:" + port, "--proxy-backend-addresses=127.0.0.1:1")) {
            awaitReady(launcher);
            try (Socket client = connect(port)) {
                client.getInputStream().readAllBytes();
                String origin = " [1 127.0.0.1:" + client.getLocalPort() + "] ";
                assertThat(texts(launcher))
                        .contains(
                                "(message)" + origin + "connect(127.0.0.1:1) failed: Connection refused (111)."
                                        + " Retrying with different backend.",
                                "(critical)" + origin + "Cannot connect, all backends are down.");
            }
        }
    }

    @Test
    @Tag("A-28")
    void theEndCanBeMadeToShow() throws Exception {
        try (LauncherProcess launcher =
                start("--verbose-shutdown", "--log-level=critical", "--proxy-address=127.0.0.1:" + freePort())) {
            awaitReady(launcher);
            launcher.signal("TERM");
            assertThat(launcher.await()).isZero();
            assertThat(texts(launcher)).last().isEqualTo("(critical) shutting down normally, exit code is: 0");
        }
    }

    @Test
    @Tag("A-51")
    void pathsDoNotDependOnTheCurrentDirectory() throws Exception {
        Files.createDirectories(folder.resolve("base/scripts"));
        Files.writeString(folder.resolve("base/scripts/x.lua"), "function connect_server() end");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        try (LauncherProcess launcher = LauncherProcess.start(
                elsewhere,
                "--basedir=" + folder.resolve("base"),
                "--proxy-lua-script=scripts/x.lua",
                "--plugin-dir=any",
                "--pid-file=" + folder.resolve("pid"),
                "--log-level=critical",
                "--proxy-address=127.0.0.1:" + freePort())) {
            awaitReady(launcher);
            assertThat(launcher.isAlive()).isTrue();
        }
    }

    @Test
    @Tag("A-11")
    void aPidFileThatCannotBeWrittenEndsIt() throws Exception {
        try (LauncherProcess launcher =
                LauncherProcess.start(folder, "--proxy-address=127.0.0.1:" + freePort(), "--pid-file=/none/x.pid")) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(texts(launcher)).contains("(critical) open(/none/x.pid) failed: No such file or directory");
        }
    }

    private LauncherProcess start(String... arguments) throws IOException {
        String[] all = new String[arguments.length + 1];
        all[0] = "--pid-file=" + folder.resolve("pid");
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return LauncherProcess.start(folder, all);
    }

    private void awaitReady(LauncherProcess launcher) {
        Path pidFile = folder.resolve("pid");
        await().atMost(START)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Files.exists(pidFile) && Files.size(pidFile) > 0);
        assertThat(pidFile).hasContent(Long.toString(launcher.pid()));
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static List<String> texts(LauncherProcess launcher) throws IOException {
        return launcher.err()
                .lines()
                .peek(line -> assertThat(line).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d: \\(.*"))
                .map(line -> line.substring("2026-01-01 00:00:00: ".length()))
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
