package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the process before, or around, the JVM. */
class ProcessIT {
    private static final Duration START = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    private int port;
    private Path pidFile;
    private Path log;

    @BeforeEach
    void choose() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        pidFile = folder.resolve("pid");
        log = folder.resolve("log");
    }

    @Test
    @Tag("A-31")
    void aDaemonGoesOnByItself() throws Exception {
        Files.writeString(folder.resolve("x.cnf"), "[mysql-proxy]\ndaemon = true\n");
        Files.setPosixFilePermissions(folder.resolve("x.cnf"), PosixFilePermissions.fromString("rw-------"));
        try (LauncherProcess launcher = start("--defaults-file=x.cnf")) {
            assertThat(launcher.await()).isZero();
            ProcessHandle daemon = served();
            assertThat(daemon.info().command().orElseThrow()).endsWith("java");
            String stat = Files.readString(Path.of("/proc/" + daemon.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            assertThat(fields[3]).as("session").isEqualTo(Long.toString(daemon.pid()));
            assertThat(fields[4]).as("terminal").isEqualTo("0");
            connect();
            daemon.destroy();
            daemon.onExit().get();
            assertThat(log).content().contains("shutting down normally, exit code is: 0");
        }
    }

    @Test
    void aDaemonWithWrongOptionsSaysSo() throws Exception {
        try (LauncherProcess launcher = start("--daemon", "--nosuch")) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(launcher.err()).contains("Unknown option --nosuch");
        }
    }

    @Test
    @Tag("A-33")
    void whatDiesIsStartedAgain() throws Exception {
        // of the same process group as the launcher
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try (LauncherProcess launcher = start("--keepalive")) {
            for (String signal : new String[] {"KILL", "SEGV"}) {
                ProcessHandle worker = served();
                assertThat(worker.pid()).isNotEqualTo(launcher.pid());
                Files.delete(pidFile);
                new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid()))
                        .start()
                        .waitFor();
                worker.onExit().get();
            }
            ProcessHandle worker = served();
            for (int i = 1; i <= 2; i++) {
                int times = i;
                launcher.signal("HUP");
                await().until(() -> Files.readString(log).split("re-opened log file").length == times + 1);
            }
            assertThat(worker.isAlive()).isTrue();
            connect();
            launcher.signal("TERM");
            assertThat(launcher.await()).isZero();
            assertThat(worker.isAlive()).isFalse();
            assertThat(log)
                    .content()
                    .contains("died on signal=9 ... waiting 2s before restart")
                    // what a JVM makes of SIGSEGV
                    .contains("died on signal=6 ... waiting 2s before restart");
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroy();
        }
    }

    @Test
    @Tag("A-33")
    void whatEndsByItselfIsNotStartedAgain() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                LauncherProcess launcher = start("--keepalive")) {
            assertThat(taken.isBound()).isTrue();
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(log).content().contains("exited normally with exit-code = 1");
        }
    }

    @Test
    @Tag("A-34")
    void onlyRootCanBecomeSomeoneElse() throws Exception {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        String launcher = TestProxy.repository().resolve("bin/launcher").toString();
        List<String> readable = new ArrayList<>(command);
        readable.addAll(List.of("test", "-r", launcher));
        assumeThat(new ProcessBuilder(readable).start().waitFor())
                .as("whether nobody can read the sources")
                .isZero();
        command.addAll(List.of(launcher, "--user=nobody", "--proxy-address=127.0.0.1:" + port));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes()))
                .contains("(critical) can only use the --user switch if running as root");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    @Tag("A-34")
    void theUserIsChangedBeforeTheProxyServes() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (LauncherProcess launcher = start("--user=nobody")) {
            ProcessHandle server = served();
            assertThat(server.pid()).isEqualTo(launcher.pid());
            String status = Files.readString(Path.of("/proc/" + server.pid() + "/status"));
            assertThat(status)
                    .containsPattern("(?m)^Uid:\t65534\t65534\t65534\t65534$")
                    .containsPattern("(?m)^Gid:\t65534\t65534\t65534\t65534$")
                    .containsPattern("(?m)^Groups:\\s*$");
            assertThat(Files.getOwner(pidFile).getName()).isEqualTo("root");
            connect();
            launcher.signal("TERM");
            assertThat(launcher.await()).isZero();
        }
        try (LauncherProcess launcher = start("--user=no_such_user")) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(log).content().contains("(critical) unknown user: no_such_user");
        }
    }

    @Test
    @Tag("A-35")
    void theLimitOfFilesIsSet() throws Exception {
        try (LauncherProcess launcher = start("--max-open-files=333")) {
            assertThat(Files.readString(Path.of("/proc/" + served().pid() + "/limits")))
                    .containsPattern("Max open files +333 ");
            launcher.signal("TERM");
            assertThat(launcher.await()).isZero();
        }
        try (LauncherProcess launcher = start("--max-open-files=-5")) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(log).content().contains("setting fdlimit = -5 failed: Operation not permitted (1)");
        }
    }

    private LauncherProcess start(String... more) throws IOException {
        String[] all = new String[more.length + 3];
        all[0] = "--proxy-address=127.0.0.1:" + port;
        all[1] = "--pid-file=" + pidFile;
        all[2] = "--log-file=" + log;
        System.arraycopy(more, 0, all, 3, more.length);
        return LauncherProcess.start(folder, all);
    }

    /** The process that serves, once it does. */
    private ProcessHandle served() throws IOException {
        await().atMost(START).until(() -> Files.exists(pidFile) && Files.size(pidFile) > 0);
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
    }

    private void connect() throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }
}
