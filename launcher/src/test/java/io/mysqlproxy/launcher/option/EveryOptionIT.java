package io.mysqlproxy.launcher.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.protocol.Certificates;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.LauncherProcess;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process whose defaults file has every option there is. */
class EveryOptionIT {
    private static final Duration START = Duration.ofSeconds(60);

    /** Exclude another one, or only root can. */
    private static final List<String> LEFT_OUT =
            List.of("log-use-syslog", "user", "proxy-kill-password-file", "pyproxy-kill-password-file");

    private static final String LUA = """
            function read_query(packet)
                if packet:sub(2) ~= "WHO" then return end
                proxy.response = { type = proxy.MYSQLD_PACKET_OK, resultset = {
                    fields = { { name = "who" } }, rows = { { require("who") } } } }
                return proxy.PROXY_SEND_RESULT
            end
            """;
    private static final String PYTHON = """
            def read_query(proxy, packet):
                if packet[1:] != 'WHO':
                    return None
                proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'resultset': {
                    'fields': [('who', proxy.MYSQL_TYPE_STRING)], 'rows': [('python',)]}}
                return proxy.PROXY_SEND_RESULT
            """;

    @TempDir
    private Path folder;

    private final Map<String, String> values = new HashMap<>();
    private final DatabaseServer server = Servers.mysql();

    @Test
    @Tag("A-18")
    void aFileWithAllOfThemStartsAndServes() throws Exception {
        choose();
        Files.writeString(folder.resolve("main.lua"), LUA);
        Files.writeString(folder.resolve("who.lua"), "return 'lua'");
        Files.writeString(folder.resolve("main.py"), PYTHON);
        Path file = folder.resolve("all.cnf");
        Files.writeString(file, "[mysql-proxy]\n" + String.join("\n", lines()) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        try (LauncherProcess launcher = LauncherProcess.start(folder, "--defaults-file=all.cnf")) {
            assertThat(launcher.await()).isZero();
            assertThat(launcher.err()).isEmpty();
            ProcessHandle proxy = served();
            try {
                assertThat(ask("proxy", "WHO; SELECT 1")).isEqualTo("lua\n1\n");
                assertThat(ask("pyproxy", "WHO; SELECT 1")).isEqualTo("python\n1\n");
                assertThat(administer("SELECT * FROM backends")).contains("127.0.0.1:" + server.port() + "\tup\trw\t");
            } finally {
                proxy.destroy();
                proxy.onExit().get();
            }
        }
        List<String> log = Files.readAllLines(folder.resolve("log"));
        assertThat(log).noneMatch(line -> line.contains(server.account().password()));
        assertThat(log).allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("\"}"));
        assertThat(log)
                .noneMatch(line -> line.contains("\"level\":\"warning\"") || line.contains("\"level\":\"error\""));
        assertThat(log)
                .filteredOn(line -> line.contains("\"level\":\"critical\""))
                .allMatch(line -> line.matches(".*(plugin .* started|shutting down normally, exit code is: 0)\"}"));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        Stream.of(
                        ChassisOptions.application(),
                        AdminOptions.ADMIN.group(),
                        ProxyOptions.LUA.group(),
                        ProxyOptions.PYTHON.group())
                .map(OptionGroup::settings)
                .flatMap(List::stream)
                .map(Setting::name)
                .filter(name -> !ChassisOptions.commandLineOnly().contains(name) && !LEFT_OUT.contains(name))
                .forEach(name -> lines.add(name + " = " + value(name)));
        return lines;
    }

    /** An option that is new has to be added here. */
    private String value(String name) {
        String common = name.replaceFirst("^(py)?proxy-", "*-");
        String value = values.getOrDefault(name, values.get(common));
        assertThat(value).as(name).isNotNull();
        return value;
    }

    private void choose() throws Exception {
        chooseForTheProcess();
        chooseForBothProxies();
        chooseCertificates();
        for (String plugin : List.of("admin", "proxy", "pyproxy")) {
            values.put(plugin + "-address", "127.0.0.1:" + freePort());
        }
        values.put("admin-username", "boss");
        values.put("admin-password", "secret");
        values.put(
                "admin-lua-script",
                TestProxy.repository().resolve("lib/mysql-proxy/lua/admin.lua").toString());
        values.put("admin-lua-scope", "connection");
        values.put("proxy-lua-script", "main.lua");
        values.put("proxy-lua-scope", "connection");
        values.put("proxy-fix-bug-25371", "true");
        values.put("no-proxy", "false");
        values.put("pyproxy-python-script", "main.py");
        values.put("pyproxy-python-scope", "connection");
        values.put("no-pyproxy", "false");
    }

    private void chooseForTheProcess() {
        values.putAll(Map.of("*-mariadb-bulk", "off"));
        values.putAll(Map.of(
                "verbose-shutdown",
                "true",
                "shutdown-timeout",
                "5",
                "daemon",
                "true",
                "keepalive",
                "true",
                "basedir",
                folder.toString(),
                "pid-file",
                "pid",
                "log-file",
                "log",
                "log-format",
                "json",
                "log-level",
                "info",
                "plugins",
                "admin, proxy, pyproxy"));
        values.putAll(Map.of(
                "plugin-dir",
                "/nowhere",
                "log-backtrace-on-crash",
                "true",
                "max-open-files",
                "1000",
                "event-threads",
                "3",
                "query-stats",
                "1",
                "lua-path",
                folder + "/?.lua",
                "lua-cpath",
                folder + "/?.so"));
    }

    private void chooseForBothProxies() {
        values.putAll(Map.of(
                "*-backend-addresses",
                "127.0.0.1:" + server.port(),
                "*-read-only-backend-addresses",
                "127.0.0.2:" + server.port() + ", 127.0.0.3:" + server.port(),
                "*-on-script-error",
                "refuse",
                "*-script-warn-ms",
                "5000",
                "*-script-timeout",
                "20",
                "*-connect-timeout",
                "5",
                "*-read-timeout",
                "60",
                "*-write-timeout",
                "60.5",
                "*-skip-profiling",
                "true",
                "*-pool-no-change-user",
                "true"));
        values.putAll(Map.of(
                "*-max-buffered-result",
                "100000",
                "*-query-attributes",
                "off",
                "*-local-infile",
                "deny",
                "*-max-connections",
                "10",
                "*-max-allowed-packet",
                "100000",
                "*-max-session-buffer",
                "10",
                "*-max-total-buffer",
                "20",
                "*-handshake-timeout",
                "20",
                "*-proxy-protocol-networks",
                "10.0.0.0/8",
                // servers would have to know of it
                "*-backend-proxy-protocol",
                "false"));
        values.putAll(Map.of(
                "*-query-timeout",
                "60",
                "*-transaction-timeout",
                "60",
                "*-max-user-connections",
                "10",
                "*-max-address-connections",
                "10",
                "*-max-prepared-statements",
                "100"));
        values.putAll(Map.of(
                "*-kill-on-disconnect",
                "true",
                "*-kill-user",
                server.account().user(),
                "*-kill-password",
                server.account().password(),
                "*-compress",
                "true",
                "*-backend-compress",
                "true",
                "*-compression-algorithms",
                "zstd, zlib",
                "*-zstd-compression-level",
                "5"));
    }

    private void chooseCertificates() throws Exception {
        Certificates ours = Certificates.in(folder);
        ours.sign("me", "IP:127.0.0.1");
        Path theirs;
        try (var connection = DriverManager.getConnection(
                        Servers.mysqlUrl(server.port()),
                        server.account().user(),
                        server.account().password());
                var result = connection.createStatement().executeQuery("SELECT @@datadir")) {
            result.next();
            theirs = Path.of(result.getString(1));
        }
        values.putAll(Map.of(
                "*-ssl-mode",
                "verify_ca",
                "*-ssl-cert",
                ours.cert("me").toString(),
                "*-ssl-key",
                ours.key("me").toString(),
                "*-ssl-ca",
                ours.ca().toString(),
                "*-tls-version",
                "TLSv1.2, TLSv1.3"));
        values.putAll(Map.of(
                "*-backend-ssl-mode",
                "verify_ca",
                "*-backend-ssl-cert",
                theirs.resolve("client-cert.pem").toString(),
                "*-backend-ssl-key",
                theirs.resolve("client-key.pem").toString(),
                "*-backend-ssl-ca",
                theirs.resolve("ca.pem").toString(),
                "*-backend-tls-version",
                "TLSv1.3"));
        values.put("proxy-caching-sha2-password-private-key-path", "lua-rsa.pem");
        values.put("pyproxy-caching-sha2-password-private-key-path", "python-rsa.pem");
    }

    private ProcessHandle served() throws IOException {
        Path pid = folder.resolve("pid");
        await().atMost(START).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        return ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
    }

    private String ask(String plugin, String sql) throws Exception {
        return mariadb(
                plugin,
                sql,
                server.account().user(),
                server.account().password(),
                "--ssl-ca=" + folder.resolve("ca.pem"),
                "--ssl-cert=" + folder.resolve("me.pem"),
                "--ssl-key=" + folder.resolve("me-key.pem"),
                "--compress");
    }

    private String administer(String sql) throws Exception {
        return mariadb("admin", sql, "boss", "secret", "--skip-ssl");
    }

    private String mariadb(String plugin, String sql, String user, String password, String... more) throws Exception {
        String address = values.get(plugin + "-address");
        List<String> command = new ArrayList<>(List.of("mariadb", "--no-defaults", "-N"));
        command.addAll(List.of(more));
        command.addAll(List.of("-h127.0.0.1", "-P" + address.substring(address.indexOf(':') + 1), "-u" + user));
        command.addAll(List.of("-p" + password, "-e", sql));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
