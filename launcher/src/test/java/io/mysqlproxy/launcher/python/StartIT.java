package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.testing.LauncherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command with the Python plugin (python-api.md 1.1, 1.5, 5). */
class StartIT {
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final FakeBackend backend = new FakeBackend();

    private LauncherProcess start(int port, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--plugins=pyproxy", "--pyproxy-address=127.0.0.1:" + port));
        arguments.addAll(List.of(more));
        return LauncherProcess.start(folder, arguments.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    @Tag("P-01")
    void withoutAScriptItForwards() throws Exception {
        int port = freePort();
        try (LauncherProcess launcher = start(port, "--pyproxy-backend-addresses=" + backend.address())) {
            await().atMost(START).until(() -> launcher.err().contains("added read/write backend"));
            try (RawClient client = RawClient.loggedIn(port)) {
                assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            }
            assertThat(launcher.err())
                    .contains("(message) No avalible python script.")
                    .contains("(message) pyproxy listening on port 127.0.0.1:" + port);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "            |                         | 1 | ImportError: No module named none",
                "syntax      | def read_query(proxy    | 1 | SyntaxError",
                "body        | raise ValueError('bad') | 1 | ValueError: bad",
                "exit        | import sys;sys.exit(7)  | 7 |",
            })
    @Tag("P-02")
    @Tag("P-03")
    void aScriptThatDoesNotLoad(String name, String text, int status, String reason) throws Exception {
        Path script = folder.resolve((name == null ? "none" : name) + ".py");
        if (text != null) {
            Files.writeString(script, text.replace(';', '\n'));
        }
        int port = freePort();
        try (LauncherProcess launcher =
                start(port, "--log-file=" + folder.resolve("log"), "--pyproxy-python-script=" + script)) {
            assertThat(launcher.await()).isEqualTo(status);
            if (reason != null) {
                assertThat(Files.readString(folder.resolve("log"))).contains(reason);
            }
            if (reason != null) {
                assertThat(launcher.err())
                        .startsWith(text == null ? "Traceback (most recent call last):\n" : "")
                        .contains(text == null ? "" : "File \"" + script + "\", line 1")
                        .contains(reason);
                assertThat(accepts(port)).isFalse();
            }
        }
    }

    @Test
    @Tag("P-04")
    @Tag("P-80")
    @Tag("J-21")
    void aRelativePathIsBelowTheBasedir() throws Exception {
        Path base = Files.createDirectories(folder.resolve("base/scripts")).getParent();
        Files.writeString(base.resolve("scripts/which.py"), """
                def read_query(proxy, packet):
                    names = [b.address for b in proxy.backends], proxy.globals.config.backend_addresses
                    proxy.response = {'type': 255, 'errmsg': '%s %s' % names}
                    return proxy.PROXY_SEND_RESULT
                """);
        String expected =
                "1105 07000 ['" + backend.address() + "', '127.0.0.1:2'] ('" + backend.address() + "', '127.0.0.1:2')";
        String[][] forms = {
            {"--pyproxy-backend-addresses=" + backend.address() + ",127.0.0.1:2"},
            {"--pyproxy-backend-addresses=" + backend.address(), "--pyproxy-backend-addresses=127.0.0.1:2"},
            {"--defaults-file=" + file("pyproxy-backend-addresses = " + backend.address() + ",127.0.0.1:2")},
        };
        for (String[] form : forms) {
            int port = freePort();
            List<String> arguments = new ArrayList<>(List.of(form));
            arguments.add("--basedir=" + base);
            arguments.add("--pyproxy-python-script=scripts/which.py");
            try (LauncherProcess launcher = start(port, arguments.toArray(String[]::new))) {
                await().atMost(START).until(() -> launcher.err().contains("127.0.0.1:2"));
                await().atMost(START).until(() -> accepts(port));
                try (RawClient client = RawClient.loggedIn(port)) {
                    assertThat(client.error("x")).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    @Tag("P-02")
    void anEmptyNameIsNoModule() throws Exception {
        int port = freePort();
        try (LauncherProcess launcher = start(port, "--pyproxy-python-script=")) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(launcher.err())
                    .contains("Traceback (most recent call last):\nValueError: Empty module name\n")
                    .contains("the option that names the script is empty: a file name was expected")
                    .doesNotContain("Is a directory");
            assertThat(accepts(port)).isFalse();
        }
    }

    /** A configuration file, which nobody else may read. */
    private Path file(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("defaults.cnf"), "[mysql-proxy]\n" + line + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static boolean accepts(int port) {
        try (RawClient client = new RawClient(port)) {
            return client.read().first() == 10;
        } catch (java.io.UncheckedIOException notYet) {
            return false;
        }
    }

    @Test
    void aHookCanEndTheProcess() throws Exception {
        Path script = Files.writeString(
                folder.resolve("ends.py"), "import sys\ndef read_query(proxy, packet):\n    sys.exit(3)\n");
        int port = freePort();
        try (LauncherProcess launcher =
                start(port, "--pyproxy-python-script=" + script, "--pyproxy-backend-addresses=" + backend.address())) {
            await().atMost(START).until(() -> launcher.err().contains("added read/write backend"));
            await().atMost(START).until(() -> accepts(port));
            try (RawClient client = RawClient.loggedIn(port)) {
                client.send(0, Packets.bytes("\3x"));
                assertThat(launcher.await()).isEqualTo(3);
            }
        }
    }
}
