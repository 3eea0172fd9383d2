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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that do not take results which were held for a script, together twice as large as the memory of the proxy. */
class SlowReadersIT {
    private static final int CLIENTS = 16;
    private static final int ROWS = 1000;
    private static final int WIDTH = 8000;

    /** Two of column and rows each, and the count. */
    private static final int PACKETS = ROWS + 4;

    /** What is held of as many stays below half of the memory. */
    private static final int FIT = 3;

    private static final String LONG = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + ROWS + ") SELECT REPEAT('x', " + WIDTH + ") FROM n";

    @TempDir
    private Path folder;

    private final DatabaseServer server = Servers.mysql();
    private final Account account = server.nativeAccount();
    private final List<RawClient> clients = new ArrayList<>();
    private LauncherProcess launcher;
    private int port;

    @BeforeEach
    void start() throws IOException {
        port = freePort();
        Path pid = folder.resolve("pid");
        Path script = Files.writeString(folder.resolve("hold.lua"), """
                function read_query(packet)
                    proxy.queries:append(1, packet, { resultset_is_needed = true })
                    return proxy.PROXY_SEND_QUERY
                end
                """);
        launcher = LauncherProcess.start(
                TestProxy.repository().resolve("bin/launcher"),
                folder,
                Map.of("JAVA_OPTS", "-Xmx64m"),
                "--plugins=proxy",
                "--pid-file=" + pid,
                "--proxy-address=127.0.0.1:" + port,
                "--proxy-backend-addresses=127.0.0.1:" + server.port(),
                "--proxy-lua-script=" + script);
        await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    }

    @AfterEach
    void stop() {
        clients.forEach(RawClient::close);
        launcher.close();
    }

    private RawClient login() {
        RawClient client = new RawClient(port);
        clients.add(client);
        client.login(account.user(), account.password(), "test");
        return client;
    }

    @Test
    void asManyAsFitAreServedAndTheOthersAreTold() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            login().send(0, "\3" + LONG);
        }
        TimeUnit.SECONDS.sleep(3);
        int whole = 0;
        for (RawClient client : clients) {
            List<Payload> answer = client.answer();
            if (answer.get(0).first() == 0xFF) {
                assertThat(answer.get(0).text()).contains("Out of memory");
            } else {
                assertThat(answer).hasSize(PACKETS);
                assertThat(answer.subList(3, PACKETS - 1))
                        .allMatch(row -> row.text().length() == WIDTH + 3);
                whole++;
            }
        }
        assertThat(whole).isGreaterThanOrEqualTo(FIT);
        assertThat(login().query(LONG)).as("nothing stays held").hasSize(PACKETS);
        assertThat(launcher.err()).doesNotContain("OutOfMemory", "(error)");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
