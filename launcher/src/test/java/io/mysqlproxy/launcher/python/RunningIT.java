package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads, time, the other plugin, and servers that are real (python-api.md 1.7, 3.11). */
class RunningIT {
    @TempDir
    private Path folder;

    @Test
    @Tag("P-79")
    void hooksNeverOverlap() {
        try (Rig rig = Rig.of(new FakeBackend(), """
                import time
                inside = 0
                most = 0
                def read_query(proxy, packet):
                    global inside, most
                    inside += 1
                    most = max(most, inside)
                    time.sleep(0.05)
                    inside -= 1
                    proxy.response = {'type': 0, 'affected_rows': most}
                    return proxy.PROXY_SEND_RESULT
                """, options -> options.eventThreads(4))) {
            List<CompletableFuture<Packets.Packet>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                RawClient client = rig.login();
                answers.add(CompletableFuture.supplyAsync(() -> client.query("x")));
            }
            assertThat(answers.stream().map(CompletableFuture::join).map(p -> p.payload()[1]))
                    .containsOnly((byte) 1);
        }
    }

    @Test
    @Tag("P-37")
    @Tag("J-16")
    void withoutProfilingNoTimeIsTakenAndAllHooksAreCalled() {
        String script = """
                seen = []
                def note(hook):
                    return lambda proxy, *more: seen.append(hook)
                connect_server = note('connect_server')
                read_handshake = note('read_handshake')
                read_auth = note('read_auth')
                read_auth_result = note('read_auth_result')
                disconnect_client = note('disconnect_client')
                def read_query(proxy, packet):
                    if packet == '\\3seen':
                        proxy.response = {'type': 255, 'errmsg': ' '.join(seen)}
                        return proxy.PROXY_SEND_RESULT
                    proxy.queries.append(1, packet, True)
                    return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    text = '%d %d %d' % (inj.query_time > 0, inj.response_time > 0, proxy.globals.config.profiling)
                    proxy.response = {'type': 255, 'errmsg': text}
                    return proxy.PROXY_SEND_RESULT
                """;
        try (Rig rig = Rig.of(new FakeBackend(), script, options -> options.skipProfiling())) {
            rig.login().close();
            RawClient client = rig.login();
            assertThat(client.error("x")).isEqualTo("1105 07000 0 0 0");
            String login = "connect_server read_handshake read_auth read_auth_result";
            await().untilAsserted(() -> assertThat(client.error("seen").split(" "))
                    .contains("disconnect_client")
                    .containsOnlyOnce("disconnect_client")
                    .containsSequence(login.split(" ")));
        }
        try (Rig rig = Rig.of(script)) {
            assertThat(rig.login().error("x")).isEqualTo("1105 07000 1 1 1");
        }
    }

    @Test
    void eachPluginHasStoresOfItsOwn() throws Exception {
        Path lua = Files.writeString(folder.resolve("script.lua"), """
                proxy.global.name = proxy.global.name or 'lua'
                function read_query(packet)
                    proxy.response = { type = 255, errmsg = proxy.global.name .. ' ' .. #proxy.global.backends }
                    return proxy.PROXY_SEND_RESULT
                end
                """);
        try (Rig rig = Rig.of(new FakeBackend(), """
                        proxy.globals.name = 'python'
                        def read_query(proxy, packet):
                            text = '%s %d' % (proxy.globals.name, len(proxy.globals.backends))
                            proxy.response = {'type': 255, 'errmsg': text}
                            return proxy.PROXY_SEND_RESULT
                        """, options -> options.lua(lua));
                RawClient other = RawClient.loggedIn(rig.proxy().port())) {
            assertThat(rig.login().error("x")).isEqualTo("1105 07000 python 1");
            assertThat(other.error("x")).isEqualTo("1105 07000 lua 1");
        }
    }

    @Test
    void aRealServersResult() throws Exception {
        Path script = Files.writeString(folder.resolve("script.py"), """
                def read_query(proxy, packet):
                    if packet[0] in '\\x03\\x17':
                        proxy.queries.append(1, packet, True)
                        return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    try:
                        fields = inj.resultset.fields
                    except ValueError:
                        return
                    if fields[0].name != 'secret':
                        return
                    proxy.response = {'type': 0, 'resultset': {
                        'fields': [{'name': f.name, 'type': proxy.MYSQL_TYPE_VAR_STRING} for f in fields],
                        'rows': [[repr(row)] + [None] * (len(fields) - 1) for row in inj.resultset.rows]}}
                    return proxy.PROXY_SEND_RESULT
                """);
        for (DatabaseServer server : List.of(Servers.mysql(), Servers.mariadb())) {
            boolean mysql = server == Servers.mysql();
            try (TestProxy proxy = TestProxy.to(server).python(script).start()) {
                int port = proxy.pythonPort();
                String url = mysql ? Servers.mysqlUrl(port) : Servers.mariadbUrl(port);
                assertThat(secret(url, server.account(), mysql)).isEqualTo("('7', None, '2026-01-02', 'x')");
            }
        }
    }

    private static String secret(String url, Account account, boolean mysql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, account.user(), account.password());
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT 7 AS secret, NULL AS n, DATE '2026-01-02' AS d, 'x' AS t")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
