package io.mysqlproxy.launcher.client;

import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.core.config.TlsConfig;
import io.mysqlproxy.core.config.TlsMode;
import io.mysqlproxy.core.config.Wrapping;
import io.mysqlproxy.launcher.protocol.Certificates;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.server.EmbeddedServer;
import io.mysqlproxy.launcher.server.MariadbServer;
import io.mysqlproxy.launcher.server.NewestMysqlServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers with what the conversation needs, and proxies before them; all started when first asked for. */
final class Setup implements AutoCloseable {
    private static final String PROCEDURE = "CREATE PROCEDURE twice(IN a INT, OUT b INT) BEGIN SET b = a * 2;"
            + " SELECT a AS first, b AS second; SELECT 'three' AS third; END";

    private final Map<Target, DatabaseServer> servers = new EnumMap<>(Target.class);
    private final Map<Route, TestProxy> proxies = new HashMap<>();
    private final Path folder;
    private final List<EmbeddedServer> own = new ArrayList<>();

    Setup(Path folder) {
        this.folder = folder;
    }

    DatabaseServer server(Target target) throws IOException, InterruptedException, SQLException {
        if (!servers.containsKey(target)) {
            DatabaseServer server = start(target);
            execute(server, "DROP PROCEDURE IF EXISTS twice", PROCEDURE);
            servers.put(target, server);
        }
        return servers.get(target);
    }

    /** Where a client finds the proxy of a route. */
    int port(Route route, Client client) throws IOException, InterruptedException, SQLException {
        DatabaseServer server = server(route.target());
        TestProxy proxy = proxies.computeIfAbsent(
                route,
                key -> TestProxy.to(server)
                        .protocol(new ProtocolConfig(tls(key.clientTls()), tls(key.backendTls()))
                                .with(new Wrapping(List.of(), false, true, false)))
                        .lua(key.script().lua())
                        .python(key.script().python())
                        .start());
        return route.isPython(client) ? proxy.pythonPort() : proxy.port();
    }

    /** Makes the server forget whose passwords it has seen. */
    void forgetPasswords(Target target) throws IOException, InterruptedException, SQLException {
        execute(server(target), "FLUSH PRIVILEGES");
    }

    private DatabaseServer start(Target target) throws IOException, InterruptedException {
        return switch (target) {
            case OLD_MYSQL -> Servers.oldMysql();
            case MYSQL -> Servers.mysql();
            case MARIADB -> own(withCertificate());
            case NEWEST_MYSQL -> own(NewestMysqlServer.start());
        };
    }

    private DatabaseServer own(EmbeddedServer server) {
        own.add(server);
        return server;
    }

    /** It has none of its own. */
    private EmbeddedServer withCertificate() throws IOException, InterruptedException {
        Certificates certificates = Certificates.in(folder);
        certificates.sign("server", "IP:127.0.0.1");
        return MariadbServer.start(
                "--ssl-ca=" + certificates.ca(),
                "--ssl-cert=" + certificates.cert("server"),
                "--ssl-key=" + certificates.key("server"));
    }

    private static TlsConfig tls(boolean required) {
        return TlsConfig.mode(required ? TlsMode.REQUIRED : TlsMode.DISABLED);
    }

    private static void execute(DatabaseServer server, String... statements) throws SQLException {
        String url = Servers.mariadbUrl(server.port()) + "&allowPublicKeyRetrieval=true";
        String user = server.nativeAccount().user();
        try (Connection connection = DriverManager.getConnection(
                        url, user, server.nativeAccount().password());
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Leaves nothing behind that another test could meet. */
    @Override
    public void close() throws SQLException {
        proxies.values().forEach(TestProxy::close);
        for (DatabaseServer server : servers.values()) {
            execute(server, "DROP PROCEDURE twice");
        }
        own.forEach(EmbeddedServer::close);
    }
}
