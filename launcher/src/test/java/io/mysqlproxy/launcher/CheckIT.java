package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("J-30")
class CheckIT {
    @TempDir
    private Path folder;

    @Test
    @Tag("A-03")
    void goodScriptsAndTheirHooksAreShown() throws Exception {
        Path samples = TestProxy.repository().resolve("samples");
        Path lua = samples.resolve("lua/query_log.lua");
        Path python = samples.resolve("python/query_log.py");
        try (LauncherProcess launcher = LauncherProcess.start(folder, "--check", lua.toString(), python.toString())) {
            assertThat(launcher.await()).isZero();
            assertThat(launcher.out())
                    .contains(lua + ": good, in scope execution; hooks: ", python + ": good, in scope global; hooks: ")
                    .contains("read_query");
            assertThat(launcher.err()).isEmpty();
        }
    }

    @Test
    void recursionGoesAsDeepAsInLua() throws Exception {
        write("x.lua", "local function f(n) return n == 0 and 0 or 1 + f(n - 1) end\nassert(f(10000) == 10000)\n");
        try (LauncherProcess launcher = LauncherProcess.start(folder, "--check", "x.lua")) {
            assertThat(launcher.await()).isZero();
            assertThat(launcher.out()).startsWith("x.lua: good");
        }
    }

    @Test
    @Tag("J-03")
    void variablesThatTheScopeDropsAreShown() throws Exception {
        write("x.lua", "local n = 0\nfunction read_query()\n n = n + 1\nend\n");
        write("y.lua", "-- proxy-scope: connection\nlocal n = 0\nfunction read_query() n = n + 1 end\n");
        write("z.py", "# proxy-scope: execution\nn = []\ndef read_query(proxy, packet):\n    n.append(packet)\n");
        try (LauncherProcess launcher = LauncherProcess.start(folder, "--check", "x.lua", "y.lua", "z.py")) {
            assertThat(launcher.await()).isZero();
            assertThat(launcher.out().lines())
                    .containsExactly(
                            "x.lua: good, in scope execution; hooks: read_query",
                            warning("x.lua", "'n' (line 3)", "--proxy-lua-scope", "global"),
                            "y.lua: good, in scope connection; hooks: read_query",
                            "z.py: good, in scope execution; hooks: read_query",
                            warning("z.py", "'n' (line 4)", "--pyproxy-python-scope", "globals"));
        }
    }

    @Test
    @Tag("J-03")
    void theSameIsLoggedOnceWhereTheScriptServes() throws Exception {
        write("x.lua", "local n = 0\nfunction connect_server()\n n = n + 1\nend\n");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (LauncherProcess launcher = LauncherProcess.start(
                folder,
                "--pid-file=" + folder.resolve("pid"),
                "--proxy-lua-script=" + folder.resolve("x.lua"),
                "--proxy-address=127.0.0.1:" + port,
                "--proxy-backend-addresses=127.0.0.1:1")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("pid")));
            for (int i = 0; i < 3; i++) {
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.getInputStream().readAllBytes();
                }
                write("x.lua", "local n = 0\nfunction connect_server()\n n = n + 1\nend -- version " + i + "\n");
            }
            assertThat(launcher.err().lines().filter(line -> line.contains("is lost before the next hook")))
                    .singleElement()
                    .asString()
                    .contains("(warning) [1 ", "'n' (line 3)", "--proxy-lua-scope=connection", "proxy.global");
        }
    }

    @Test
    void whatDoesNotLoadIsNamed() throws Exception {
        write("good.lua", "");
        write("syntax.lua", "function (");
        write("body.lua", "error('no')");
        write("syntax.py", "def");
        write("body.py", "import nothing_of_that_name");
        try (LauncherProcess launcher = LauncherProcess.start(
                folder, "--check", "good.lua", "syntax.lua", "body.lua", "syntax.py", "body.py", "none.lua", "x.txt")) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(launcher.out())
                    .contains("good.lua: good, in scope execution; hooks: none\n")
                    .contains("syntax.lua: loading " + folder.resolve("syntax.lua") + " failed: ")
                    .contains("'<name>' expected near '('")
                    .contains("body.lua: loading ", ":1: no")
                    .contains("syntax.py: loading ", "SyntaxError")
                    .contains("body.py: loading ", "ImportError: No module named nothing_of_that_name")
                    .contains("none.lua: loading ", "No such file or directory")
                    .contains("x.txt: what language it is in shows by its name: .lua or .py");
        }
    }

    private String warning(String file, String names, String option, String store) {
        return "warning: " + folder.resolve(file) + ": each hook runs the script anew, so what functions assign to "
                + names + " is lost before the next hook; " + option
                + "=connection keeps it for each connection, a field "
                + "of proxy." + store + " for all of them";
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
