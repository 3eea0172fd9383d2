package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MARIADB;
import static io.mysqlproxy.launcher.protocol.Jdbc.MYSQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsIT {
    private static final TlsConfig OFFERED = TlsConfig.mode(TlsMode.PREFERRED);

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.in(folder);
        certificates.sign("proxy", "IP:127.0.0.1");
        certificates.sign("backend", "IP:127.0.0.1");
        certificates.sign("stranger", "DNS:elsewhere");
        certificates.sign("client", "DNS:client");
        certificates.traditional("proxy");
    }

    @ParameterizedTest
    @CsvSource({
        "disabled, disabled", "disabled, preferred", "disabled, required",
        "preferred, disabled", "preferred, preferred", "preferred, required"
    })
    void everyMixOfTlsAndPlainWorks(String client, String backend) throws SQLException {
        ProtocolConfig protocol = new ProtocolConfig(mode(client), mode(backend));
        boolean secureBackend = !backend.equals("disabled");
        try (TestProxy proxy = TestProxy.to(Servers.mysql()).protocol(protocol).start()) {
            boolean offered = client.equals("preferred");
            String options = offered ? "sslMode=REQUIRED" : "sslMode=PREFERRED";
            try (Connection c =
                    Jdbc.connect(MYSQL, proxy.port(), Servers.mysql().nativeAccount(), options)) {
                assertThat(Jdbc.cipher(c).isEmpty()).isEqualTo(!secureBackend);
                assertThat(Jdbc.query(c, "SELECT REPEAT('x', 20000000) = 1")).isEqualTo("0");
                assertThat(Jdbc.query(c, "SELECT REPEAT('x', 20000000)")).hasSize(20_000_000);
            }
            options = offered ? "sslMode=trust" : "sslMode=disable";
            try (Connection c =
                    Jdbc.connect(MARIADB, proxy.port(), Servers.mysql().nativeAccount(), options)) {
                assertThat(Jdbc.query(c, "SELECT 1 + 1")).isEqualTo("2");
            }
        }
    }

    @Test
    void mariadbOffersNoTlsAndOnlyPreferredAcceptsThat() throws Exception {
        DatabaseServer server = Servers.mariadb();
        try (TestProxy proxy = TestProxy.to(server)
                .protocol(new ProtocolConfig(OFFERED, TlsConfig.mode(TlsMode.PREFERRED)))
                .start()) {
            try (Connection c = Jdbc.connect(MARIADB, proxy.port(), server.account(), "sslMode=trust")) {
                assertThat(Jdbc.cipher(c)).isEmpty();
            }
        }
        try (TestProxy proxy = TestProxy.to(server)
                .protocol(new ProtocolConfig(OFFERED, TlsConfig.mode(TlsMode.REQUIRED)))
                .start()) {
            assertThatThrownBy(() -> Jdbc.connect(MARIADB, proxy.port(), server.account(), "sslMode=trust"))
                    .hasMessageContaining("TLS with the server: the server does not offer it");
            assertThat(Cli.run(proxy.port(), server.account(), "SELECT 1"))
                    .contains("ERROR 1105 (HY000)", "TLS with the server: the server does not offer it");
        }
    }

    @Test
    void requiredRefusesClientsInClear() {
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                .protocol(new ProtocolConfig(TlsConfig.mode(TlsMode.REQUIRED), OFFERED))
                .start()) {
            assertThatThrownBy(() ->
                            Jdbc.connect(MYSQL, proxy.port(), Servers.mysql().nativeAccount(), "sslMode=DISABLED"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(3159));
        }
    }

    @Test
    void clientsVerifyTheConfiguredCertificateWithItsKeyInTheOlderForm() throws Exception {
        TlsConfig clients = tls(TlsMode.PREFERRED, "proxy", false, TlsConfig.VERSIONS);
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                .protocol(new ProtocolConfig(clients, OFFERED))
                .start()) {
            String options = "sslMode=verify-full&serverSslCert=" + certificates.ca();
            try (Connection c =
                    Jdbc.connect(MARIADB, proxy.port(), Servers.mysql().nativeAccount(), options)) {
                assertThat(Jdbc.query(c, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void clientCertificatesAreDemandedIfConfigured() throws Exception {
        TlsConfig clients = tls(TlsMode.VERIFY_CA, "proxy", true, TlsConfig.VERSIONS);
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                .protocol(new ProtocolConfig(clients, OFFERED))
                .start()) {
            String bare = "sslMode=verify-full&serverSslCert=" + certificates.ca();
            assertThatThrownBy(() ->
                            Jdbc.connect(MARIADB, proxy.port(), Servers.mysql().nativeAccount(), bare))
                    .isInstanceOf(SQLException.class);
            assertThat(mariadbCli(
                            proxy.port(),
                            "--ssl-cert=" + certificates.cert("client"),
                            "--ssl-key=" + certificates.key("client")))
                    .contains("Cipher in use");
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void versionsAreThoseConfigured(String version) throws Exception {
        TlsConfig clients = tls(TlsMode.REQUIRED, "proxy", false, List.of(version));
        TlsConfig backends =
                new TlsConfig(TlsMode.REQUIRED, Optional.empty(), Optional.empty(), Optional.empty(), List.of(version));
        try (TestProxy proxy = TestProxy.to(Servers.mysql())
                .protocol(new ProtocolConfig(clients, backends))
                .start()) {
            assertThat(mariadbCli(proxy.port(), "--ssl")).contains(version.equals("TLSv1.3") ? "TLS_AES" : "ECDHE");
            try (Connection c =
                    Jdbc.connect(MYSQL, proxy.port(), Servers.mysql().nativeAccount(), "sslMode=REQUIRED")) {
                assertThat(Jdbc.query(c, "SHOW STATUS LIKE 'Ssl_version'")).isEqualTo(version);
            }
        }
    }

    @Test
    void backendsAreVerifiedAsTheModeSays() throws Exception {
        try (EmbeddedServer right = MysqlServer.start(ssl("backend"));
                EmbeddedServer stranger = MysqlServer.start(ssl("stranger"))) {
            assertThat(verified(right, TlsMode.VERIFY_IDENTITY)).isNotEmpty();
            assertThat(verified(stranger, TlsMode.VERIFY_CA)).isNotEmpty();
            assertThatThrownBy(() -> verified(stranger, TlsMode.VERIFY_IDENTITY))
                    .hasMessageContaining("TLS with the server");
        }
        assertThatThrownBy(() -> verified(Servers.mysql(), TlsMode.VERIFY_CA))
                .hasMessageContaining("TLS with the server");
    }

    @Test
    @Tag("W-21")
    void aBackendThatRequiresTlsGetsItFromAPlainClient() throws SQLException {
        try (EmbeddedServer server = MysqlServer.start("--require-secure-transport=ON");
                TestProxy proxy = TestProxy.to(server).start()) {
            try (Connection c = Jdbc.connect(MYSQL, proxy.port(), server.nativeAccount(), "sslMode=DISABLED")) {
                assertThat(Jdbc.cipher(c)).isNotEmpty();
            }
        }
    }

    @Test
    void aCertificateToTheBackendIsShown() throws Exception {
        try (EmbeddedServer server = MysqlServer.start(ssl("backend"))) {
            try (Connection c = Jdbc.connect(MYSQL, server.port(), server.nativeAccount(), "sslMode=REQUIRED")) {
                Jdbc.execute(c, "CREATE USER x509 IDENTIFIED WITH mysql_native_password BY 'p' REQUIRE X509");
            }
            TlsConfig backends = tls(TlsMode.VERIFY_CA, "client", true, TlsConfig.VERSIONS);
            try (TestProxy proxy = TestProxy.to(server)
                            .protocol(new ProtocolConfig(TlsConfig.DISABLED, backends))
                            .start();
                    Connection c = Jdbc.connect(MYSQL, proxy.port(), "x509", "p", "sslMode=DISABLED")) {
                assertThat(Jdbc.query(c, "SELECT CURRENT_USER()")).isEqualTo("x509@%");
            }
        }
    }

    @Test
    void configurationThatCannotWorkIsRefusedAtStart() {
        assertThatThrownBy(() -> TlsConfig.mode(TlsMode.VERIFY_CA)).isInstanceOf(ConfigException.class);
        TlsConfig missing = new TlsConfig(
                TlsMode.PREFERRED,
                Optional.of(folder.resolve("none.pem")),
                Optional.of(folder.resolve("none-key.pem")),
                Optional.empty(),
                TlsConfig.VERSIONS);
        assertThatThrownBy(() -> TestProxy.to(Servers.mysql())
                        .protocol(new ProtocolConfig(missing, OFFERED))
                        .start())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none");
    }

    private String verified(DatabaseServer server, TlsMode mode) throws SQLException {
        TlsConfig backends = new TlsConfig(
                mode, Optional.empty(), Optional.empty(), Optional.of(certificates.ca()), TlsConfig.VERSIONS);
        try (TestProxy proxy = TestProxy.to(server)
                        .protocol(new ProtocolConfig(TlsConfig.DISABLED, backends))
                        .start();
                Connection c = Jdbc.connect(MYSQL, proxy.port(), server.nativeAccount(), "sslMode=DISABLED")) {
            return Jdbc.cipher(c);
        }
    }

    private String mariadbCli(int port, String... options) throws Exception {
        return Cli.run(port, Servers.mysql().nativeAccount(), "\\s", options);
    }

    private String[] ssl(String name) {
        return new String[] {
            "--ssl-ca=" + certificates.ca(),
            "--ssl-cert=" + certificates.cert(name),
            "--ssl-key=" + certificates.key(name)
        };
    }

    private TlsConfig tls(TlsMode mode, String name, boolean ca, List<String> versions) {
        return new TlsConfig(
                mode,
                Optional.of(certificates.cert(name)),
                Optional.of(certificates.key(name)),
                ca ? Optional.of(certificates.ca()) : Optional.empty(),
                versions);
    }

    private static TlsConfig mode(String word) {
        return TlsConfig.mode(TlsMode.valueOf(word.toUpperCase(java.util.Locale.ROOT)));
    }
}
