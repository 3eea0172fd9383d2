package io.mysqlproxy.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.testing.LauncherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    private Path folder;

    @Test
    @Tag("J-29")
    void showsThatPairedScriptsDoTheSame() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start(folder, "--demo")) {
            assertThat(launcher.await()).as(() -> output(launcher)).isZero();

            assertThat(launcher.err()).isEmpty();
            assertThat(launcher.out())
                    .contains("answer: ", "inject: ", "mask: ")
                    .contains("samples/lua/mask.lua", "| samples/python/mask.py")
                    .containsPattern("1 +Ada +\\*{12}9855 +\\| 1 +Ada +\\*{12}9855\n")
                    .endsWith("\nLua and Python agree.\n");
            assertThat(launcher.out().lines()).allMatch(line -> line.length() <= 100);
        }
    }

    @Test
    @Tag("J-29")
    void servesOnIfAsked() throws Exception {
        Path pidFile = folder.resolve("pid");
        try (LauncherProcess launcher =
                LauncherProcess.start(folder, "--demo", "--keep-running", "--pid-file=" + pidFile)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pidFile) || !launcher.isAlive());
            Matcher ports = Pattern.compile("--port=(\\d+) --user=(\\S+) --password=(\\S+) test")
                    .matcher(launcher.out());
            for (int i = 0; i < 2; i++) {
                assertThat(ports.find()).isTrue();
                try (SqlClient client = new SqlClient(
                        Integer.parseInt(ports.group(1)), new Account(ports.group(2), ports.group(3)), "test")) {
                    assertThat(client.query("SELECT card FROM customers WHERE id = 1")
                                    .rows()
                                    .get(0))
                            .containsExactly("************9855");
                }
            }
            launcher.signal("TERM");
            assertThat(launcher.await()).isZero();
        }
    }

    private static String output(LauncherProcess launcher) {
        try {
            return launcher.out() + launcher.err();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
