package io.mysqlproxy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.wire.testing.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starting and stopping. */
class ProxyServerTest {
    private final LogCapture log = new LogCapture();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static ListenerConfig listener(String plugin, String address, String... backends) {
        List<BackendConfig> list = Arrays.stream(backends)
                .map(b -> new BackendConfig(Address.parse(b), false))
                .toList();
        return new ListenerConfig(
                plugin, Address.parse(address), list, Optional.empty(), Timeouts.DEFAULT, true, false, 1 << 20);
    }

    private static ProxyServer server(ListenerConfig... listeners) {
        return new ProxyServer(
                new ServerConfig(Path.of("/opt/proxy"), 3, List.of(listeners), Map.of()), name -> null, status -> {});
    }

    private static int port(ProxyServer server, String plugin) {
        return ((InetSocketAddress) server.address(plugin)).getPort();
    }

    private static void assertFree(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        try (socket) {
            socket.bind(new InetSocketAddress("127.0.0.1", port));
        }
    }

    @Test
    void everyPluginListens() throws IOException {
        int port;
        try (ProxyServer server = server(listener("proxy", "127.0.0.1:0"), listener("pyproxy", "127.0.0.1:0"))) {
            server.start();
            port = port(server, "proxy");
            assertThat(port).isNotEqualTo(port(server, "pyproxy"));
            try (Socket client = new Socket("127.0.0.1", port)) {
                byte[] told = client.getInputStream().readAllBytes();
                assertThat(Frames.show(told))
                        .isEqualTo(Frames.show(Frames.join(Frames.of("0: ff 51 04 '(proxy) all backends are down'"))));
            }
            assertThat(server.clients("pyproxy")).isZero();
        }
        assertFree(port);
        assertThat(log.lines(Level.INFO)).contains("starting 2 threads", "proxy listening on port 127.0.0.1:" + port);
    }

    @Test
    void aStartThatFailsLeavesNothingRunning() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProxyServer server = server(
                    listener("proxy", "127.0.0.1:" + port), listener("pyproxy", "127.0.0.1:" + taken.getLocalPort()));
            assertThatThrownBy(server::start)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Address already in use (98)");
        }
        assertFree(port);
    }

    @Test
    void aBackendIsNamedOnce() {
        ProxyServer server = server(listener("proxy", "127.0.0.1:0", "127.0.0.1:3306", "127.0.0.1"));
        assertThatThrownBy(server::start)
                .isInstanceOf(ConfigException.class)
                .hasMessage("backend 127.0.0.1 is already known!");
    }

    @Test
    void anEngineThatIsNotThereStopsTheStart() {
        ScriptConfig script =
                new ScriptConfig("ruby", Path.of("/x.rb"), Optional.empty(), Optional.empty(), Duration.ofMillis(100));
        ProxyServer server = server(new ListenerConfig(
                "proxy",
                Address.parse("127.0.0.1:0"),
                List.of(),
                Optional.of(script),
                Timeouts.DEFAULT,
                true,
                false,
                1 << 20));
        assertThatThrownBy(server::start)
                .isInstanceOf(ConfigException.class)
                .hasMessage("no script engine is called 'ruby'");
    }

    @Test
    void stoppingTwiceDoesNoHarm() {
        ProxyServer server = server(listener("proxy", "127.0.0.1:0"));
        server.start();
        server.close();
        server.close();
    }

    @Test
    void stoppingWhatWasNotStartedDoesNoHarm() {
        server().close();
    }
}
