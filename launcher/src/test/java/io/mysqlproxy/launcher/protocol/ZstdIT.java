package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MARIADB;
import static io.mysqlproxy.launcher.protocol.Jdbc.MYSQL;
import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.config.Compression;
import io.mysqlproxy.core.config.Compression.Method;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.config.Wrapping;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The compressed protocol with zstd, which no driver for Java has: a proxy is the client of a server, or of another proxy. */
@Tag("W-37")
@Timeout(120)
class ZstdIT {
    private static final Compression ZSTD = new Compression(List.of(Method.ZSTD), 7);
    private static final Wrapping TO_SERVERS = new Wrapping(List.of(), false, false, true, ZSTD);
    private static final Wrapping TO_CLIENTS = new Wrapping(List.of(), false, true, false, ZSTD);

    @ParameterizedTest
    @CsvSource({"disabled, false", "required, false", "disabled, true", "required, true"})
    void everythingArrives(String tls, boolean atClients) throws Exception {
        TlsConfig mode = TlsConfig.mode(TlsMode.valueOf(tls.toUpperCase(Locale.ROOT)));
        try (TestProxy behind = atClients
                        ? TestProxy.to(Servers.mysql())
                                .protocol(new ProtocolConfig(mode, TlsConfig.DISABLED).with(TO_CLIENTS))
                                .start()
                        : null;
                TestProxy proxy = new TestProxy.Builder()
                        .backend("127.0.0.1:"
                                + (atClients ? behind.port() : Servers.mysql().port()))
                        .protocol(new ProtocolConfig(TlsConfig.DISABLED, mode).with(TO_SERVERS))
                        .start()) {
            for (String driver : List.of(MYSQL, MARIADB)) {
                String options =
                        driver.equals(MYSQL) ? "sslMode=DISABLED&maxAllowedPacket=100000000" : "sslMode=disable";
                try (Connection c =
                        Jdbc.connect(driver, proxy.port(), Servers.mysql().nativeAccount(), options)) {
                    if (!atClients) {
                        assertThat(Jdbc.query(c, "SHOW STATUS LIKE 'Compression_algorithm'"))
                                .isEqualTo("zstd");
                        assertThat(Jdbc.query(c, "SHOW STATUS LIKE 'Compression_level'"))
                                .isEqualTo("7");
                    }
                    exercise(c);
                }
            }
        }
    }

    private static void exercise(Connection c) throws Exception {
        assertThat(Jdbc.query(c, "SELECT REPEAT('x', 20000000)")).hasSize(20_000_000);
        String random = Jdbc.query(c, "SELECT HEX(RANDOM_BYTES(1000))").repeat(50);
        for (int i = 0; i < 100; i++) {
            String part = random.substring(i, 1 + i * 900);
            assertThat(Jdbc.query(c, "SELECT '" + part + "'")).isEqualTo(part);
        }
        assertThat(Jdbc.query(c, "SELECT LENGTH('" + "y".repeat(17_000_000) + "')"))
                .isEqualTo("17000000");
    }
}
