package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MARIADB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MariadbServer;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** MariaDB's signatures instead of scrambles, of which the proxy knows nothing, between unlike legs and through scripts (W-16). */
@Tag("W-16")
class Ed25519IT {
    private static final String MODULE = "auth_ed25519.so";
    private static final Account SIGNS = new Account("signs", "sign-secret");
    private static final Account SIGNS_TOO = new Account("signs2", "sign-secret-2");

    @TempDir
    private static Path folder;

    private static EmbeddedServer server;

    /** Which legs have TLS. */
    enum Legs {
        PLAIN_PLAIN(false, false),
        PLAIN_TLS(false, true),
        TLS_PLAIN(true, false),
        TLS_TLS(true, true);

        private final boolean client;
        private final boolean backend;

        Legs(boolean client, boolean backend) {
            this.client = client;
            this.backend = backend;
        }

        TestProxy.Builder proxy() {
            return TestProxy.to(server).protocol(new ProtocolConfig(mode(client), mode(backend)));
        }

        private static TlsConfig mode(boolean tls) {
            return TlsConfig.mode(tls ? TlsMode.REQUIRED : TlsMode.DISABLED);
        }

        String options() {
            return client ? "sslMode=trust" : "sslMode=disable";
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Path modules = modules();
        assumeTrue(modules != null, "there is no " + MODULE + " here: Debian's package mariadb-server has it");
        Certificates certificates = Certificates.in(folder);
        certificates.sign("server", "IP:127.0.0.1");
        server = MariadbServer.start(
                "--plugin-dir=" + modules,
                "--plugin-load-add=" + MODULE,
                "--ssl-cert=" + certificates.cert("server"),
                "--ssl-key=" + certificates.key("server"));
        try (Connection c = Jdbc.connect(MARIADB, server.port(), server.account(), "sslMode=disable")) {
            Jdbc.execute(c, create(SIGNS), create(SIGNS_TOO));
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Where the system has it, or where its package was unpacked to. Null for nowhere. */
    private static Path modules() {
        return Stream.of(System.getenv().getOrDefault("MARIADB_SERVER_PLUGINS", ""), "/usr/lib/mysql/plugin")
                .map(Path::of)
                .filter(directory -> Files.isRegularFile(directory.resolve(MODULE)))
                .findFirst()
                .orElse(null);
    }

    private static String create(Account account) {
        return "CREATE USER " + account.user() + " IDENTIFIED VIA ed25519 USING PASSWORD('" + account.password() + "')";
    }

    @ParameterizedTest
    @EnumSource
    void passwordsAreTheServersToJudge(Legs legs) throws Exception {
        try (TestProxy proxy = legs.proxy().start()) {
            assertThat(user(proxy.port(), SIGNS, legs)).isEqualTo(SIGNS.user());
            assertThat(user(proxy.port(), server.account(), legs))
                    .isEqualTo(server.account().user());
            for (String wrong : new String[] {"wrong", "", SIGNS_TOO.password()}) {
                assertThatThrownBy(() -> user(proxy.port(), new Account(SIGNS.user(), wrong), legs))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(1045))
                        .hasMessageContaining("Access denied for user 'signs'");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-46")
    void usersChangeToItAndFromIt(Legs legs) throws Exception {
        requireMysqlclient();
        try (TestProxy proxy = legs.proxy().start()) {
            for (int port : new int[] {server.port(), proxy.port()}) {
                usersChange(port, legs);
            }
        }
    }

    private static void usersChange(int port, Legs legs) throws Exception {
        Account other = server.account();
        assertThat(changing(port, legs, SIGNS, other, SIGNS_TOO, SIGNS, other))
                .containsExactly("signs", other.user(), "signs2", "signs", other.user());
        assertThat(changing(port, legs, other, SIGNS)).containsExactly(other.user(), "signs");
        assertThat(changing(port, legs, other, new Account("signs", "wrong"))).containsExactly(other.user(), "1045");
        assertThat(changing(port, legs, SIGNS, new Account("signs2", ""))).containsExactly("signs", "1045");
        assertThat(changing(port, legs, SIGNS, new Account(other.user(), "wrong")))
                .containsExactly("signs", "1045");
    }

    /** The switch to the method is all that a script sees of it, and the verdict. */
    @ParameterizedTest
    @CsvSource({"lua, PLAIN_TLS", "lua, TLS_PLAIN", "python, PLAIN_TLS", "python, TLS_PLAIN"})
    void scriptsSeeEachStep(String language, Legs legs) throws Exception {
        try (TestProxy proxy = scripted(language, legs)) {
            int port = port(proxy, language);
            try (Connection c = Jdbc.connect(MARIADB, port, SIGNS, legs.options())) {
                assertThat(Jdbc.query(c, "SEEN")).isEqualTo("signs: 254 0 reused 0");
            }
            assertThatThrownBy(() -> user(port, new Account(SIGNS.user(), "wrong"), legs))
                    .hasMessageContaining("Access denied for user 'signs'");
            try (Connection c = Jdbc.connect(MARIADB, port, SIGNS, legs.options())) {
                assertThat(Jdbc.query(c, "SEEN")).isEqualTo("signs: 254 255 254 0 reused 0");
            }
            requireMysqlclient();
            usersChange(port, legs);
        }
    }

    @ParameterizedTest
    @CsvSource({"lua, PLAIN_PLAIN", "lua, TLS_TLS", "python, PLAIN_PLAIN", "python, TLS_TLS"})
    void whoeverComesNextSignsTheNextChallenge(String language, Legs legs) throws Exception {
        try (TestProxy proxy = scripted(language, legs)) {
            int port = port(proxy, language);
            String id;
            try (Connection c = Jdbc.connect(MARIADB, port, SIGNS, legs.options())) {
                id = Jdbc.query(c, "SELECT CONNECTION_ID()");
                Jdbc.query(c, "KEEP");
            }
            int reused = 0;
            for (Account next : List.of(SIGNS, server.account(), SIGNS_TOO, SIGNS)) {
                Awaitility.await().until(() -> proxy.server().clients(plugin(language)) == 0);
                try (Connection c = Jdbc.connect(MARIADB, port, next, legs.options())) {
                    assertThat(who(c)).isEqualTo(next.user());
                    assertThat(Jdbc.query(c, "SELECT CONNECTION_ID()")).isEqualTo(id);
                    assertThat(Jdbc.query(c, "SEEN")).startsWith(next.user()).endsWith("reused " + ++reused);
                }
            }
            Awaitility.await().until(() -> proxy.server().clients(plugin(language)) == 0);
            assertThatThrownBy(() -> user(port, new Account(SIGNS.user(), "wrong"), legs))
                    .hasMessageContaining("Access denied for user 'signs'");
            assertThat(user(port, SIGNS, legs)).isEqualTo(SIGNS.user());
        }
    }

    @Test
    void theCommandLineClientLogsIn() throws Exception {
        try (TestProxy proxy = Legs.PLAIN_TLS.proxy().start()) {
            assertThat(Cli.run(proxy.port(), SIGNS, "SELECT 'in'", "--skip-ssl"))
                    .contains("in");
            assertThat(Cli.run(proxy.port(), new Account(SIGNS.user(), "wrong"), "SELECT 'in'", "--skip-ssl"))
                    .contains("ERROR 1045 (28000): Access denied for user 'signs'");
        }
    }

    private static TestProxy scripted(String language, Legs legs) throws Exception {
        boolean lua = language.equals("lua");
        Path script = Path.of(
                Ed25519IT.class.getResource(lua ? "looks.lua" : "looks.py").toURI());
        return (lua ? legs.proxy().lua(script) : legs.proxy().python(script)).start();
    }

    private static int port(TestProxy proxy, String language) {
        return language.equals("lua") ? proxy.port() : proxy.pythonPort();
    }

    private static String plugin(String language) {
        return language.equals("lua") ? "proxy" : "pyproxy";
    }

    private static String user(int port, Account account, Legs legs) throws SQLException {
        try (Connection c = Jdbc.connect(MARIADB, port, account, legs.options())) {
            return who(c);
        }
    }

    private static String who(Connection connection) throws SQLException {
        return Jdbc.query(connection, "SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)");
    }

    private static void requireMysqlclient() throws IOException, InterruptedException {
        Process probe = new ProcessBuilder("/usr/bin/python3", "-c", "import MySQLdb").start();
        assumeTrue(
                probe.waitFor(30, TimeUnit.SECONDS) && probe.exitValue() == 0,
                "there is no mysqlclient here: Debian's package python3-mysqldb has it");
    }

    /** Who it is after each step, the number of the error at the last. */
    private static List<String> changing(int port, Legs legs, Account... accounts) throws Exception {
        Path program = Path.of(Ed25519IT.class.getResource("change_users.py").toURI());
        List<String> command = new ArrayList<>(List.of(
                "timeout",
                "30",
                "/usr/bin/python3",
                program.toString(),
                Integer.toString(port),
                legs.client ? "tls" : "plain"));
        Stream.of(accounts).map(a -> a.user() + ":" + a.password()).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().toList();
    }
}
