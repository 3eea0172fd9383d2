package io.mysqlproxy.launcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients with long statements at the same time, together much more than the memory of the proxy. */
class BigCommandsIT {
    private static final int CLIENTS = 12;
    private static final int LENGTH = 12 << 20;

    /** What an interpreter makes of a statement needs memory beside it. */
    private static final int SHOWN_LENGTH = 3 << 20;

    @TempDir
    private Path folder;

    private final DatabaseServer server = Servers.mysql();
    private final Account account = server.nativeAccount();
    private LauncherProcess launcher;
    private int port;
    private int hookedPort;

    @BeforeEach
    void start() throws IOException {
        port = freePort();
        hookedPort = freePort();
        Path pid = folder.resolve("pid");
        Path script = Files.writeString(folder.resolve("look.py"), "def read_query(proxy, packet):\n    pass\n");
        launcher = LauncherProcess.start(
                TestProxy.repository().resolve("bin/launcher"),
                folder,
                Map.of("JAVA_OPTS", "-Xmx64m"),
                "--plugins=proxy,pyproxy",
                "--pid-file=" + pid,
                "--proxy-address=127.0.0.1:" + port,
                "--proxy-backend-addresses=127.0.0.1:" + server.port(),
                "--pyproxy-address=127.0.0.1:" + hookedPort,
                "--pyproxy-backend-addresses=127.0.0.1:" + server.port(),
                "--pyproxy-max-total-buffer=4",
                "--pyproxy-python-script=" + script);
        await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    }

    @AfterEach
    void stop() {
        launcher.close();
    }

    private List<Payload> answers(int proxy, int length) throws Exception {
        String statement = "SELECT LENGTH('" + "x".repeat(length) + "')";
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Payload>> asked = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                asked.add(clients.submit(() -> {
                    try (RawClient client = new RawClient(proxy)) {
                        client.login(account.user(), account.password(), "test");
                        List<Payload> answer = client.query(statement);
                        return answer.get(answer.size() > 3 ? 3 : 0);
                    }
                }));
            }
            List<Payload> answers = new ArrayList<>();
            for (Future<Payload> each : asked) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    @Tag("W-41")
    void withoutAScriptAllOfThemPass() throws Exception {
        assertThat(answers(port, LENGTH))
                .hasSize(CLIENTS)
                .allMatch(p -> p.text().endsWith(String.valueOf(LENGTH)));
        assertThat(launcher.err()).doesNotContain("OutOfMemory").doesNotContain("(warning)", "(error)");
    }

    @Test
    @Tag("W-36")
    void forAScriptNoMoreIsHeldThanAllowedAndTheOthersAreTold() throws Exception {
        assertThat(answers(hookedPort, SHOWN_LENGTH))
                .hasSize(CLIENTS)
                .allMatch(p -> p.first() == 0xFF
                        ? p.text().contains("#08S01")
                        : p.text().endsWith("" + SHOWN_LENGTH))
                .anyMatch(p -> p.text().startsWith("\377\201\4"));
        try (RawClient client = new RawClient(hookedPort)) {
            client.login(account.user(), account.password(), "test");
            assertThat(client.cells("SELECT 1")).as("nothing stays held").containsExactly("1");
            assertThat(client.cells("SELECT LENGTH('" + "x".repeat(SHOWN_LENGTH) + "')"))
                    .containsExactly(String.valueOf(SHOWN_LENGTH));
        }
        assertThat(launcher.err()).doesNotContain("OutOfMemory").doesNotContain("(error)");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
