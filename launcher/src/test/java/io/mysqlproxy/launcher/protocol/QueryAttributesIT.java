package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.Jdbc.MYSQL;
import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.JdbcStatement;
import io.mysqlproxy.core.config.Policy;
import io.mysqlproxy.core.config.ProtocolConfig;
import io.mysqlproxy.launcher.testing.Servers;
import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.QueryAttributes;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script sees, and what a server gets, of statements with query attributes (protocol.md 5). */
@Timeout(60)
class QueryAttributesIT {
    private static final String SQL = "SELECT 1";

    @TempDir
    private Path folder;

    @Test
    void aScriptThatAnswersHasSeenTheStatementAndTheAttributesApart() throws Exception {
        Path script = script("""
                function read_query(packet)
                  local trace = proxy.connection.client.query_attributes.trace
                  proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = packet:sub(2) .. "/" .. tostring(trace) }
                  return proxy.PROXY_SEND_RESULT
                end""");
        try (RawConversation c =
                new RawConversation(b -> b.lua(script), RawConversation.ATTRIBUTED, RawConversation.ATTRIBUTED)) {
            QueryAttributes trace = QueryAttributes.of(List.of(new Entry(ByteString.of("trace"), ByteString.of("a1"))));
            c.client.send(
                    0,
                    Unpooled.buffer()
                            .writeByte(3)
                            .writeBytes(trace.block().bytes())
                            .writeBytes(SQL.getBytes(StandardCharsets.US_ASCII)));
            assertThat(c.client.read().toString(StandardCharsets.US_ASCII)).endsWith("SELECT 1/a1");
        }
    }

    /** A mistake of the script's, which is logged and ends nothing. */
    @ParameterizedTest
    @CsvSource({
        "{ trace = {} }, the value of 'trace' has to be a string or a number",
        "{ 'a1' }, a name has to be a string",
        "42, table expected"
    })
    void whatNoAttributeCanBeIsRefused(String attributes, String complaint) throws Exception {
        Path script = script("""
                function read_query(packet)
                  local ok, text = pcall(proxy.queries.append, proxy.queries, 1, packet, { query_attributes = %s })
                  proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = tostring(ok) .. text .. #proxy.queries }
                  return proxy.PROXY_SEND_RESULT
                end""".formatted(attributes));
        try (RawConversation c =
                new RawConversation(b -> b.lua(script), RawConversation.PLAIN, RawConversation.ATTRIBUTED)) {
            c.client.send(0, Unpooled.wrappedBuffer(new byte[] {3, 'x'}));
            assertThat(c.client.read().toString(StandardCharsets.US_ASCII))
                    .contains("false", complaint.equals("table expected") ? "query_attributes = table" : complaint)
                    .endsWith("0");
        }
    }

    /** A login's own attributes reach the server unchanged, and scripts of either language. */
    @ParameterizedTest
    @ValueSource(strings = {"lua", "python"})
    void connectionAttributesPassAndAreShown(String language) throws Exception {
        Path lua = script("""
                function read_query(packet)
                  local own = proxy.connection.client.connect_attrs
                  assert(proxy.connection.server.connect_attrs.pid == own.pid)
                  proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = own.program_name .. own.pid }
                  return proxy.PROXY_SEND_RESULT
                end""");
        Path python = Files.writeString(folder.resolve("script.py"), """
                def read_query(proxy, packet):
                    own = proxy.connection.client.connect_attrs
                    assert proxy.connection.server.connect_attrs == own
                    proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errmsg': own['program_name'] + own['pid']}
                    return proxy.PROXY_SEND_RESULT
                """);
        boolean inLua = language.equals("lua");
        Capabilities flags = RawConversation.PLAIN.with(Capabilities.CONNECT_ATTRS);
        ConnectAttributes attributes = ConnectAttributes.NONE
                .with("program_name", "shop")
                .with("pid", "42")
                .with("empty", "");
        try (RawConversation c = new RawConversation(
                b -> inLua ? b.lua(lua) : b.python(python),
                inLua ? TestProxy::port : TestProxy::pythonPort,
                flags,
                flags,
                attributes)) {
            assertThat(c.login.attributes()).isEqualTo(attributes);
            c.client.send(0, Unpooled.wrappedBuffer(new byte[] {3, 'x'}));
            assertThat(c.client.read().toString(StandardCharsets.US_ASCII)).endsWith("shop42");
        }
    }

    @Test
    void offMasksTheFlag() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = new TestProxy.Builder()
                        .backend("127.0.0.1:" + listening.getLocalPort())
                        .protocol(ProtocolConfig.DEFAULT.with(Policy.DEFAULT.withQueryAttributes(false)))
                        .start();
                RawPeer client = RawPeer.connect(proxy.port());
                RawPeer server = new RawPeer(listening.accept())) {
            server.send(0, RawConversation.greeting(RawConversation.ATTRIBUTED));
            assertThat(Greeting.read(client.read()).capabilities().has(Capabilities.QUERY_ATTRIBUTES))
                    .isFalse();
        }
    }

    /** Error 1835 would be the sign of a block too many or too few. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "look", "same", "other"})
    @Tag("R7")
    void aRealDriverAndServerUnderstandEachOther(String script) throws Exception {
        TestProxy.Builder builder = TestProxy.to(Servers.mysql());
        if (!script.equals("none")) {
            builder.lua(script(body(script)));
        }
        try (TestProxy proxy = builder.start();
                Connection c = Jdbc.connect(
                        MYSQL,
                        proxy.port(),
                        Servers.mysql().nativeAccount(),
                        "sslMode=DISABLED&useServerPrepStmts=true")) {
            try (var statement = c.createStatement()) {
                statement.unwrap(JdbcStatement.class).setAttribute("trace", "a1");
                statement.unwrap(JdbcStatement.class).setAttribute("number", 42);
                ResultSet rows = statement.executeQuery(SQL);
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(script.equals("other") ? 2 : 1);
            }
            try (PreparedStatement statement = c.prepareStatement("SELECT ? + ?, ?")) {
                for (int i = 0; i < 3; i++) {
                    statement.unwrap(JdbcStatement.class).clearAttributes();
                    if (i > 0) {
                        statement.unwrap(JdbcStatement.class).setAttribute("trace", "a" + i);
                    }
                    statement.setInt(1, 40);
                    statement.setLong(2, i);
                    statement.setString(3, i == 2 ? null : "third");
                    ResultSet rows = statement.executeQuery();
                    rows.next();
                    assertThat(rows.getLong(1)).isEqualTo(40 + i);
                    assertThat(rows.getString(2)).isEqualTo(i == 2 ? null : "third");
                }
            }
        }
    }

    private static String body(String script) {
        String action = switch (script) {
            case "look" -> "";
            case "same" -> "proxy.queries:append(1, packet) return proxy.PROXY_SEND_QUERY";
            default ->
                "if packet:byte() ~= 3 then return end\n"
                        + "proxy.queries:append(1, string.char(3) .. (packet:sub(2) == 'SELECT 1' and 'SELECT 2'"
                        + " or packet:sub(2)))\nreturn proxy.PROXY_SEND_QUERY";
        };
        return "function read_query(packet)\n"
                + "if packet:byte() == 3 then assert(packet:byte(2) > 31, 'a block in the statement') end\n" + action
                + "\nend\n";
    }

    private Path script(String text) throws Exception {
        return Files.writeString(folder.resolve("script.lua"), text);
    }
}
