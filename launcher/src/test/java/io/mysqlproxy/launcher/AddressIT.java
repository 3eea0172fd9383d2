package io.mysqlproxy.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mysqlproxy.launcher.testing.LauncherProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of an address to listen on, as clients meet them. */
@Tag("A-12")
class AddressIT {
    @TempDir
    private Path folder;

    @Test
    void aPortAloneIsOnEveryIpv4Interface() throws Exception {
        int port = freePort("127.0.0.1");
        Path socket = folder.resolve("s");
        try (LauncherProcess launcher =
                start("--plugins=proxy,pyproxy", "--proxy-address=:" + port, "--pyproxy-address=" + socket)) {
            assertThat(launcher.err())
                    .contains("proxy listening on port :" + port, "pyproxy listening on port " + socket);
            connect("127.0.0.1", port);
            connect("127.0.0.2", port);
            assertThatThrownBy(() -> connect("::1", port)).isInstanceOf(SocketException.class);
            try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThat(client.connect(UnixDomainSocketAddress.of(socket))).isTrue();
            }
        }
    }

    @Test
    void ipv6StandsInBrackets() throws Exception {
        assumeThat(hasIpv6()).as("IPv6 on this machine").isTrue();
        int port = freePort("::1");
        try (LauncherProcess launcher = start("--proxy-address=[::1]:" + port)) {
            assertThat(launcher.err()).contains("proxy listening on port [::1]:" + port);
            connect("::1", port);
            assertThatThrownBy(() -> connect("127.0.0.1", port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aHostAloneMeansPort3306() throws Exception {
        // not 127.0.0.1, where a real server may be
        try (LauncherProcess launcher =
                LauncherProcess.start(folder, "--proxy-address=192.0.2.1", "--pid-file=" + folder.resolve("pid"))) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(launcher.err()).contains("bind(192.0.2.1) failed: Cannot assign requested address (99)");
        }
        try (LauncherProcess launcher = LauncherProcess.start(
                folder,
                "--log-level=debug",
                "--proxy-address=127.0.0.1:" + freePort("127.0.0.1"),
                "--proxy-backend-addresses=127.0.0.1,127.0.0.1:3306",
                "--pid-file=" + folder.resolve("pid"))) {
            assertThat(launcher.await()).isEqualTo(1);
            assertThat(launcher.err()).contains("backend 127.0.0.1:3306 is already known!");
        }
    }

    private LauncherProcess start(String... arguments) throws IOException {
        Path pid = folder.resolve("pid");
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--pid-file=" + pid;
        LauncherProcess launcher = LauncherProcess.start(folder, all);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        return launcher;
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void connect(String host, int port) throws IOException {
        new Socket(InetAddress.getByName(host), port).close();
    }

    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }
}
