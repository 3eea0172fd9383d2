package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MARIADB;
import static io.mysqlproxy.launcher.protocol.Jdbc.MYSQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.mysql.cj.jdbc.JdbcConnection;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MysqlServer;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.packet.AuthSwitch;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.testing.LogCapture;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins by each method over each mix of secure and plain legs (protocol.md 3). */
class AuthenticationIT {
    private static final String LONG = "0123456789".repeat(15);
    private static final Account CACHING = new Account("sha2", "sha2-secret");
    private static final Account CACHING_LONG = new Account("sha2long", LONG);
    private static final Account CACHING_EMPTY = new Account("sha2empty", "");
    private static final Account SHA256 = new Account("sha256", "sha256-secret");
    private static final Account SHA256_EMPTY = new Account("sha256empty", "");
    private static final Account EXPIRED = new Account("expired", "sha2-secret");

    private static EmbeddedServer server;

    /** Which legs have TLS. */
    enum Legs {
        PLAIN_PLAIN(TlsMode.DISABLED, TlsMode.DISABLED),
        PLAIN_TLS(TlsMode.DISABLED, TlsMode.REQUIRED),
        TLS_PLAIN(TlsMode.REQUIRED, TlsMode.DISABLED),
        TLS_TLS(TlsMode.REQUIRED, TlsMode.REQUIRED);

        private final TlsMode client;
        private final TlsMode backend;

        Legs(TlsMode client, TlsMode backend) {
            this.client = client;
            this.backend = backend;
        }

        TestProxy proxy(DatabaseServer to) {
            return TestProxy.to(to)
                    .protocol(new ProtocolConfig(TlsConfig.mode(client), TlsConfig.mode(backend)))
                    .start();
        }

        String options(String driver) {
            boolean tls = client == TlsMode.REQUIRED;
            if (driver.equals(MYSQL)) {
                return tls ? "sslMode=REQUIRED" : "sslMode=DISABLED&allowPublicKeyRetrieval=true";
            }
            return tls ? "sslMode=trust" : "sslMode=disable&allowPublicKeyRetrieval=true";
        }
    }

    @BeforeAll
    static void start() throws SQLException {
        server = MysqlServer.start();
        administer(
                create(CACHING, "caching_sha2_password"),
                create(CACHING_LONG, "caching_sha2_password"),
                create(CACHING_EMPTY, "caching_sha2_password"),
                create(SHA256, "sha256_password"),
                create(SHA256_EMPTY, "sha256_password"),
                create(EXPIRED, "caching_sha2_password") + " PASSWORD EXPIRE");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-11")
    @Tag("R3")
    void cachingSha2LogsInWithAColdCacheAndAWarmOne(Legs legs) throws Exception {
        try (TestProxy proxy = legs.proxy(server)) {
            for (String driver : new String[] {MYSQL, MARIADB}) {
                for (Account account : new Account[] {CACHING, CACHING_LONG, CACHING_EMPTY}) {
                    administer("FLUSH PRIVILEGES");
                    logsIn(proxy, driver, account, legs.options(driver)); // full
                    logsIn(proxy, driver, account, legs.options(driver)); // fast
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-14")
    void sha256LogsInAlwaysInFull(Legs legs) throws Exception {
        try (TestProxy proxy = legs.proxy(server)) {
            for (Account account : new Account[] {SHA256, SHA256_EMPTY}) {
                logsIn(proxy, MYSQL, account, legs.options(MYSQL));
                logsIn(proxy, MYSQL, account, legs.options(MYSQL) + "&defaultAuthenticationPlugin=sha256_password");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-12")
    void wrongPasswordsGetTheServersOwnError(Legs legs) throws Exception {
        try (TestProxy proxy = legs.proxy(server)) {
            for (Account account : new Account[] {CACHING, CACHING_EMPTY, CACHING_LONG, SHA256, SHA256_EMPTY}) {
                administer("FLUSH PRIVILEGES");
                for (String wrong : new String[] {"wrong", "", "x".repeat(200)}) {
                    if (!account.password().equals(wrong)) {
                        refused(proxy, new Account(account.user(), wrong), legs.options(MYSQL));
                    }
                }
            }
        }
    }

    /** The server cannot be told of it, so the client is told why. */
    @Test
    @Tag("W-12")
    void aPasswordTooLongForTheServersKeyIsRefusedWithAReason() throws Exception {
        try (TestProxy proxy = Legs.TLS_PLAIN.proxy(server)) {
            for (Account account : new Account[] {CACHING, SHA256}) {
                administer("FLUSH PRIVILEGES");
                Account wrong = new Account(account.user(), "x".repeat(214));
                assertThatThrownBy(() -> Jdbc.connect(MYSQL, proxy.port(), wrong, Legs.TLS_PLAIN.options(MYSQL)))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(1045))
                        .hasMessageContaining("longer than the 213 bytes");
                refused(proxy, new Account(account.user(), "x".repeat(213)), Legs.TLS_PLAIN.options(MYSQL));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-13")
    void passwordsAreNotLogged(Legs legs) throws Exception {
        Account wrong = new Account(CACHING.user(), "wrong-secret");
        try (LogCapture log = LogCapture.ofEverything();
                TestProxy proxy = legs.proxy(server)) {
            administer("FLUSH PRIVILEGES");
            logsIn(proxy, MYSQL, CACHING, legs.options(MYSQL));
            logsIn(proxy, MYSQL, SHA256, legs.options(MYSQL));
            refused(proxy, wrong, legs.options(MYSQL));
            try (Connection c = Jdbc.connect(MYSQL, proxy.port(), SHA256, legs.options(MYSQL))) {
                c.unwrap(JdbcConnection.class).changeUser(CACHING.user(), CACHING.password());
            }
            assertThat(log.lines(Level.DEBUG)).isNotEmpty();
            assertThat(log.lines()).allSatisfy(line -> assertThat(line).doesNotContain("secret"));
        }
    }

    /** Whoever has the answer to a challenge can try passwords on it. */
    @Test
    @Tag("W-13")
    void answersAreNotLogged() throws Exception {
        byte[] answer = "abcdefghij0123456789".getBytes(StandardCharsets.US_ASCII);
        try (LogCapture log = LogCapture.ofEverything();
                TestProxy proxy = Legs.PLAIN_PLAIN.proxy(server);
                RawPeer client = RawPeer.connect(proxy.port())) {
            Greeting greeting = Greeting.read(client.read());
            ByteBuf login = Unpooled.buffer();
            new HandshakeResponse(
                            greeting.capabilities().without(Capabilities.COMPRESS | Capabilities.SSL),
                            1 << 24,
                            255,
                            ByteString.of(server.nativeAccount().user()),
                            ByteString.of(answer),
                            ByteString.EMPTY,
                            "mysql_native_password",
                            ConnectAttributes.NONE,
                            0)
                    .write(login, greeting.capabilities());
            client.send(1, login);
            assertThat(AuthSwitch.read(client.read()).plugin()).isEqualTo("mysql_native_password");
            client.send(3, Unpooled.wrappedBuffer(answer));
            assertThat(client.read().getUnsignedByte(0)).isEqualTo((short) 0xFF);
            assertThat(client.closes()).isTrue();
            assertThat(log.lines(Level.DEBUG)).isNotEmpty();
            for (String form : new String[] {
                new String(answer, StandardCharsets.US_ASCII),
                HexFormat.of().formatHex(answer),
                HexFormat.ofDelimiter(" ").formatHex(answer).substring(0, 23),
                Base64.getEncoder().encodeToString(answer),
                Arrays.toString(answer)
            }) {
                assertThat(log.lines()).allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase(form));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void usersChangeOverBetweenMethods(Legs legs) throws Exception {
        try (TestProxy proxy = legs.proxy(server)) {
            administer("FLUSH PRIVILEGES");
            Account first = server.nativeAccount();
            try (Connection c = Jdbc.connect(MYSQL, proxy.port(), first, legs.options(MYSQL))) {
                for (Account next : new Account[] {CACHING, SHA256, first, CACHING, SHA256_EMPTY, CACHING_LONG}) {
                    c.unwrap(JdbcConnection.class).changeUser(next.user(), next.password());
                    assertThat(Jdbc.query(c, "SELECT CURRENT_USER()")).isEqualTo(next.user() + "@%");
                }
            }
            try (Connection c = Jdbc.connect(MYSQL, proxy.port(), SHA256, legs.options(MYSQL))) {
                assertThatThrownBy(() -> c.unwrap(JdbcConnection.class).changeUser(CACHING.user(), "wrong"))
                        .hasMessageContaining("Access denied for user 'sha2'");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-22")
    void expiredPasswordsAreASandbox(Legs legs) throws Exception {
        try (TestProxy proxy = legs.proxy(server)) {
            administer("FLUSH PRIVILEGES");
            String options = legs.options(MYSQL);
            assertThatThrownBy(() -> Jdbc.connect(MYSQL, proxy.port(), EXPIRED, options))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1862));
            try (Connection c =
                    Jdbc.connect(MYSQL, proxy.port(), EXPIRED, options + "&disconnectOnExpiredPasswords=false")) {
                assertThatThrownBy(() -> Jdbc.query(c, "SELECT 1"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(1820));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCommandLineClientLogsIn(Legs legs) throws Exception {
        try (TestProxy proxy = legs.proxy(server)) {
            String tls = legs.client == TlsMode.REQUIRED ? "--ssl" : "--skip-ssl";
            assertThat(Cli.run(proxy.port(), server.nativeAccount(), "SELECT 'in'", tls))
                    .contains("in");
            logsIn(proxy, MYSQL, CACHING, legs.options(MYSQL)); // warms the cache
            assertThat(Cli.run(proxy.port(), CACHING, "SELECT 'in'", tls)).contains("in");
        }
    }

    @Test
    void aPasswordForTheServersOwnKeyIsRefusedWithAReason(@TempDir Path folder) throws Exception {
        Path key = folder.resolve("server-key.pem");
        try (Connection c = Jdbc.connect(MYSQL, server.port(), server.nativeAccount(), "sslMode=REQUIRED")) {
            String text = Jdbc.query(c, "SHOW STATUS LIKE 'Caching_sha2_password_rsa_public_key'");
            Files.writeString(key, text);
        }
        administer("FLUSH PRIVILEGES");
        try (TestProxy proxy = Legs.PLAIN_TLS.proxy(server)) {
            String options = "sslMode=DISABLED&serverRSAPublicKeyFile=" + key;
            assertThatThrownBy(() -> Jdbc.connect(MYSQL, proxy.port(), CACHING, options))
                    .hasMessageContaining("another key than the proxy's");
        }
    }

    @Test
    @Tag("W-13")
    void clientsCanHaveTheProxysKeyAtHand(@TempDir Path folder) throws Exception {
        Path key = folder.resolve("private_key.pem");
        ProtocolConfig protocol =
                new ProtocolConfig(TlsConfig.DISABLED, TlsConfig.mode(TlsMode.REQUIRED)).withPasswordKey(key);
        TestProxy.to(server).protocol(protocol).start().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        Path half = folder.resolve("public_key.pem");
        Process openssl = new ProcessBuilder(
                        "openssl", "pkey", "-in", key.toString(), "-pubout", "-out", half.toString())
                .inheritIO()
                .start();
        assertThat(openssl.waitFor()).isZero();
        administer("FLUSH PRIVILEGES");
        try (TestProxy proxy = TestProxy.to(server).protocol(protocol).start()) {
            logsIn(proxy, MYSQL, CACHING, "sslMode=DISABLED&serverRSAPublicKeyFile=" + half);
        }
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> TestProxy.to(server).protocol(protocol).start())
                .hasMessageContaining("others may read the private key");
    }

    @ParameterizedTest
    @CsvSource({"caching_sha2_password", "sha256_password"})
    void aUnixSocketIsASecureLeg(String plugin) throws Exception {
        administer("FLUSH PRIVILEGES");
        Account account = plugin.equals("sha256_password") ? SHA256 : CACHING;
        for (TlsMode client : new TlsMode[] {TlsMode.DISABLED, TlsMode.REQUIRED}) {
            administer("FLUSH PRIVILEGES");
            ProtocolConfig protocol = new ProtocolConfig(TlsConfig.mode(client), TlsConfig.mode(TlsMode.PREFERRED));
            try (TestProxy proxy = new TestProxy.Builder()
                    .backend(server.socket().toString())
                    .protocol(protocol)
                    .start()) {
                String options = client == TlsMode.REQUIRED
                        ? "sslMode=REQUIRED"
                        : "sslMode=DISABLED&allowPublicKeyRetrieval=true";
                logsIn(proxy, MYSQL, account, options);
            }
        }
    }

    @Test
    @Tag("W-22")
    void accountsAndSchemasThatCannotBeUsedSaySo() throws Exception {
        administer("CREATE USER locked IDENTIFIED BY 'p' ACCOUNT LOCK", "CREATE USER nowhere IDENTIFIED BY 'p'");
        try (TestProxy proxy = TestProxy.to(server).start()) {
            String url = "jdbc:mysql://127.0.0.1:" + proxy.port() + "/no_such_schema?sslMode=DISABLED"
                    + "&allowPublicKeyRetrieval=true&user=";
            assertFails(url + "locked&password=p", 3118);
            assertFails(url + "nowhere&password=p", 1044);
            assertFails(
                    url + server.account().user() + "&password="
                            + server.account().password(),
                    1049);
        } finally {
            administer("DROP USER locked, nowhere");
        }
    }

    private static void assertFails(String url, int code) {
        assertThatThrownBy(() -> DriverManager.getConnection(url))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(code));
    }

    private static void logsIn(TestProxy proxy, String driver, Account account, String options) throws SQLException {
        try (Connection c = Jdbc.connect(driver, proxy.port(), account, options)) {
            assertThat(Jdbc.query(c, "SELECT CURRENT_USER()")).isEqualTo(account.user() + "@%");
        }
    }

    private static void refused(TestProxy proxy, Account account, String options) {
        String using = account.password().isEmpty() ? "NO" : "YES";
        assertThatThrownBy(() -> Jdbc.connect(MYSQL, proxy.port(), account, options))
                .hasMessage(
                        "Access denied for user '" + account.user() + "'@'127.0.0.1' (using password: " + using + ")");
    }

    private static String create(Account account, String plugin) {
        return "CREATE USER " + account.user() + " IDENTIFIED WITH " + plugin + " BY '" + account.password() + "'";
    }

    private static void administer(String... statements) throws SQLException {
        try (Connection c = Jdbc.connect(MYSQL, server.port(), server.nativeAccount(), "sslMode=DISABLED")) {
            Jdbc.execute(c, statements);
        }
    }
}
