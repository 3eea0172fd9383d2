package io.mysqlproxy.launcher.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MariadbServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.net.Socket;
import java.sql.Connection;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that connect and never log in, as the checks of load balancers do, must not get the proxy's host blocked: servers count
 * handshakes that break off (max_connect_errors), and logins that they refuse they do not.
 */
@Timeout(120)
class HandshakeLeaveIT {
    private static final int TIMES = 3;
    private static final Duration HANDSHAKE = Duration.ofMillis(300);
    private static final Pattern REFUSED = Pattern.compile("Access denied for user 'proxy-client-left'");

    @ParameterizedTest
    @ValueSource(strings = {"MySQL", "MariaDB"})
    @Tag("W-08")
    void serversAreToldThatTheClientHasLeft(String product) throws Exception {
        Timeouts impatient = new Timeouts(Duration.ofSeconds(2), Duration.ofHours(8), Duration.ofHours(8), HANDSHAKE);
        try (EmbeddedServer server = product.equals("MySQL")
                        ? MysqlServer.start("--log-error-verbosity=3")
                        : MariadbServer.start("--log-warnings=4");
                TestProxy proxy = TestProxy.to(server).timeouts(impatient).start()) {
            int before = server.errorLog().length(); // whoever waited for its port has left a handshake, too
            for (int i = 0; i < TIMES; i++) {
                new Socket("127.0.0.1", proxy.port()).close();
                try (RawPeer leaving = RawPeer.connect(proxy.port())) {
                    leaving.read();
                }
                try (RawPeer silent = RawPeer.connect(proxy.port())) {
                    silent.read();
                    assertThat(silent.closes()).isTrue();
                }
            }
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(REFUSED.matcher(server.errorLog()).results())
                                    .hasSize(3 * TIMES));
            assertThat(server.errorLog().substring(before))
                    .doesNotContain("reading communication packets", "without authentication");
            try (Connection c = Jdbc.connect(Jdbc.MARIADB, proxy.port(), server.nativeAccount(), "sslMode=disable")) {
                assertThat(Jdbc.query(c, "SELECT 1")).isEqualTo("1");
            }
        }
    }
}
