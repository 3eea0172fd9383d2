package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that may open few files: clients too many are told so, and nobody else suffers. */
@Timeout(180)
class FewFilesIT {
    private static final int CLIENTS = 200;

    @TempDir
    private Path folder;

    @Test
    @Tag("W-01")
    void clientsTooManyAreToldSoAndTheProxyRecovers() throws Exception {
        int port = freePort();
        Path ready = folder.resolve("pid");
        try (FakeServer server = new FakeServer();
                LauncherProcess launcher = launch(port, server, ready)) {
            while (Files.notExists(ready)) {
                assertThat(launcher.isAlive()).as(launcher.err()).isTrue();
                Thread.sleep(50);
            }
            for (int round = 0; round < 2; round++) {
                int served = everybodyAtOnce(port);
                assertThat(served).as(launcher.err()).isBetween(1, CLIENTS / 2);
            }
            String log = launcher.err();
            assertThat(log.lines().filter(line -> line.contains("(warning)")).count())
                    .as(log)
                    .isBetween(1L, 8L); // of hundreds refused
            assertThat(log).contains("--max-open-files").doesNotContain("all backends are down", "Exception");
        }
    }

    private LauncherProcess launch(int port, FakeServer server, Path ready) throws Exception {
        String command = "ulimit -n 96; exec " + TestProxy.repository().resolve("bin/launcher")
                + " --proxy-address=127.0.0.1:" + port + " --proxy-backend-addresses=" + server.address()
                + " --pid-file=" + ready;
        return LauncherProcess.start(Path.of("/bin/bash"), folder, Map.of(), "-c", command);
    }

    /** How many are greeted; one more can log in when they have left. */
    private static int everybodyAtOnce(int port) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        int served = 0;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new RawClient(port));
        }
        for (RawClient client : clients) {
            Payload first = client.read();
            assertThat(first).isNotNull();
            if (first.first() == 0x0A) {
                served++;
            } else {
                assertThat(first.text()).isEqualTo("\377\20\4Too many connections");
            }
        }
        clients.forEach(RawClient::close);
        assertThat(comesIn(port)).as("somebody comes in again").isTrue();
        return served;
    }

    private static boolean comesIn(int port) throws Exception {
        for (int i = 0; i < 100; i++) {
            try (RawClient client = new RawClient(port)) {
                Payload first = client.read();
                if (first != null && first.first() == 0x0A) {
                    return true;
                }
            }
            Thread.sleep(100);
        }
        return false;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
