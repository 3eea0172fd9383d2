package io.mysqlproxy.launcher.admin;

import io.mysqlproxy.core.ProxyServer;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.Timeouts;
import io.mysqlproxy.core.config.server.AdminAccount;
import io.mysqlproxy.core.config.server.AdminConfig;
import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.config.server.PluginConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.config.server.ServerConfig;
import io.mysqlproxy.launcher.Wiring;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.script.ScriptScope;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An admin port, listed first, and proxies. */
final class AdminServer implements AutoCloseable {
    private final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();
    static final String USER = "boss";
    static final String PASSWORD = "s3cret";

    private final List<PluginConfig> plugins = new ArrayList<>();
    private ProxyServer server;

    private AdminServer() {}

    /** With the built-in console. */
    static AdminServer console() {
        return with(Optional.empty());
    }

    /** With a script. */
    static AdminServer script(Path script, ScriptScope scope) {
        return with(Optional.of(new ScriptConfig(
                "admin", "lua", script, Optional.ofNullable(scope), Optional.empty(), Duration.ofSeconds(5))));
    }

    private static AdminServer with(Optional<ScriptConfig> script) {
        AdminServer admin = new AdminServer();
        admin.plugins.add(new AdminConfig(
                Address.parse("127.0.0.1:0"),
                new AdminAccount(USER, PASSWORD),
                script,
                Map.of("admin-password", "********")));
        return admin;
    }

    /** A proxy plugin; a read-only backend begins with {@code r}. */
    AdminServer proxy(String plugin, Optional<Path> script, String... backends) {
        List<BackendConfig> configs = new ArrayList<>();
        for (String backend : backends) {
            boolean readOnly = backend.startsWith("r");
            configs.add(new BackendConfig(Address.parse(backend.substring(readOnly ? 1 : 0)), readOnly));
        }
        String engine = plugin.equals("proxy") ? "lua" : "python";
        plugins.add(new ListenerConfig(
                plugin,
                Address.parse("127.0.0.1:0"),
                configs,
                script.map(file ->
                        new ScriptConfig(engine, file, Optional.empty(), Optional.empty(), Duration.ofSeconds(5))),
                Timeouts.DEFAULT,
                true,
                false,
                ListenerConfig.DEFAULT_MAX_BUFFERED_RESULT));
        return this;
    }

    AdminServer start() {
        Path basedir = TestProxy.repository();
        server = Wiring.server(
                new ServerConfig(basedir, 2, plugins, Map.of("lua.path", basedir + "/lib/?.lua"), 1), exits::add);
        server.start();
        return this;
    }

    ProxyServer server() {
        return server;
    }

    int port(String plugin) {
        return ((InetSocketAddress) server.address(plugin)).getPort();
    }

    /** Logged in with MariaDB's driver. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(mariadbUrl(), USER, PASSWORD);
    }

    String mysqlUrl() {
        return "jdbc:mysql://127.0.0.1:" + port("admin") + "/?sslMode=DISABLED";
    }

    String mariadbUrl() {
        return "jdbc:mariadb://127.0.0.1:" + port("admin") + "/?sslMode=disable";
    }

    @Override
    public void close() {
        server.close();
    }

    /** The exit codes with which someone asked for the end. */
    BlockingQueue<Integer> exits() {
        return exits;
    }
}
