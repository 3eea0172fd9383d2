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
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.QueryAttributes;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script sees, and what a server gets, of statements with query attributes (protocol.md 5). */
@Timeout(60)
class QueryAttributesIT {
    private static final Capabilities PLAIN = new Capabilities(Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.LONG_PASSWORD);
    private static final Capabilities ATTRIBUTED = PLAIN.with(Capabilities.QUERY_ATTRIBUTES);
    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
    private static final String SQL = "SELECT 1";
    private static final QueryAttributes TRACE = QueryAttributes.of(
            List.of(new Entry(ByteString.of("trace"), ByteString.of("a1")), new Entry(ByteString.of("none"), null)));

    /** Four queries: the client's with its attributes, with others and with none, and another one. */
    private static final String ADDING_LUA = """
            function read_query(packet)
              proxy.said = {}
              proxy.queries:append(1, packet, { resultset_is_needed = true })
              proxy.queries:append(2, packet, { resultset_is_needed = true, query_attributes = { hop = 7 } })
              proxy.queries:append(3, packet, { resultset_is_needed = true, query_attributes = {} })
              proxy.queries:append(4, "\\3SELECT 2", { resultset_is_needed = true })
              return proxy.PROXY_SEND_QUERY
            end
            function read_query_result(inj)
              local sent = inj.query_attributes
              local text = sent.trace and "trace=" .. sent.trace or sent.hop and "hop=" .. sent.hop or tostring(next(sent))
              table.insert(proxy.said, text)
              if inj.id < 4 then return proxy.PROXY_IGNORE_RESULT end
              proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = table.concat(proxy.said, " ") }
              return proxy.PROXY_SEND_RESULT
            end""";

    private static final String ADDING_PYTHON = """
            def read_query(proxy, packet):
                proxy.said = []
                proxy.queries.append(1, packet, True)
                proxy.queries.append(2, packet, {'resultset_is_needed': True, 'query_attributes': {'hop': 7}})
                proxy.queries.append(3, packet, resultset_is_needed=True, query_attributes={})
                proxy.queries.append(4, '\\3SELECT 2', True)
                return proxy.PROXY_SEND_QUERY
            def read_query_result(proxy, inj):
                sent = [k + '=' + v for k, v in inj.query_attributes.items() if v]
                proxy.said.append(sent[0] if sent else 'nil')
                if inj.id < 4:
                    return proxy.PROXY_IGNORE_RESULT
                proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errmsg': ' '.join(proxy.said)}
                return proxy.PROXY_SEND_RESULT
            """;

    @TempDir
    private Path folder;

    /** The matrix: does the server hear the attributes, and which statement? */
    @ParameterizedTest
    @CsvSource({"none, true, SELECT 1", "look, true, SELECT 1", "same, true, SELECT 1", "other, false, SELECT 2"})
    void serversHearAttributesWithTheStatementTheyCameWith(String script, boolean atServer, String heard)
            throws Exception {
        ByteBuf command = exchange(script, ATTRIBUTED, ATTRIBUTED);
        assertThat(command.readByte()).isEqualTo((byte) 3);
        QueryAttributes attributes = QueryAttributes.read(command);
        assertThat(attributes).isEqualTo(atServer ? TRACE : QueryAttributes.NONE);
        assertThat(command.toString(StandardCharsets.US_ASCII)).isEqualTo(heard);
    }

    @ParameterizedTest
    @CsvSource({
        "none, true, SELECT 1", "look, true, SELECT 1", "same, true, SELECT 1", "other, true, SELECT 2",
        "none, false, SELECT 1", "look, false, SELECT 1", "same, false, SELECT 1", "other, false, SELECT 2"
    })
    void whereOneSideHasNoneThereIsNoPlaceForThem(String script, boolean client, String heard) throws Exception {
        ByteBuf command = exchange(script, client ? ATTRIBUTED : PLAIN, client ? PLAIN : ATTRIBUTED);
        assertThat(command.readByte()).isEqualTo((byte) 3);
        assertThat(command.toString(StandardCharsets.US_ASCII)).isEqualTo(heard);
    }

    @Test
    void aScriptThatAnswersHasSeenTheStatementAndTheAttributesApart() throws Exception {
        Path script = script("""
                function read_query(packet)
                  local trace = proxy.connection.client.query_attributes.trace
                  proxy.response = { type = proxy.MYSQLD_PACKET_OK, affected_rows = 0 }
                  proxy.response = { type = proxy.MYSQLD_PACKET_ERR, errmsg = packet:sub(2) .. "/" .. tostring(trace) }
                  return proxy.PROXY_SEND_RESULT
                end""");
        try (Conversation c = new Conversation(script, ATTRIBUTED, ATTRIBUTED)) {
            c.client.send(0, query(ATTRIBUTED, TRACE));
            assertThat(c.client.read().toString(StandardCharsets.US_ASCII)).endsWith("SELECT 1/a1");
        }
    }

    /** What a script says goes along with the statement, in place of what the client said. */
    @ParameterizedTest
    @ValueSource(strings = {"lua", "python"})
    void aScriptSendsAttributesOfItsOwn(String language) throws Exception {
        Path script = language.equals("lua") ? script(ADDING_LUA) : pythonScript(ADDING_PYTHON);
        QueryAttributes own = QueryAttributes.of(List.of(new Entry(ByteString.of("hop"), ByteString.of("7"))));
        try (Conversation c = new Conversation(script, ATTRIBUTED, ATTRIBUTED)) {
            c.client.send(0, query(ATTRIBUTED, TRACE));
            for (QueryAttributes expected : List.of(TRACE, own, QueryAttributes.NONE, QueryAttributes.NONE)) {
                ByteBuf command = c.server.read().skipBytes(1);
                assertThat(QueryAttributes.read(command)).isEqualTo(expected);
                c.server.send(1, Unpooled.wrappedBuffer(OK));
            }
            assertThat(c.client.read().toString(StandardCharsets.US_ASCII)).endsWith("trace=a1 hop=7 nil nil");
        }
    }

    @Test
    void attributesOfAScriptReachARealServerWithAPreparedStatement() throws Exception {
        Path script = script("""
                function read_query(packet)
                  if packet:byte() ~= proxy.COM_STMT_EXECUTE then return end
                  proxy.queries:append(1, packet, { query_attributes = { hop = "seven", other = 8 } })
                  return proxy.PROXY_SEND_QUERY
                end""");
        try (TestProxy proxy = TestProxy.to(Servers.mysql()).lua(script).start();
                Connection c = Jdbc.connect(
                        MYSQL,
                        proxy.port(),
                        Servers.mysql().nativeAccount(),
                        "sslMode=DISABLED&useServerPrepStmts=true");
                PreparedStatement statement = c.prepareStatement("SELECT ?, ?");
                PreparedStatement without = c.prepareStatement("SELECT 5")) {
            for (int i = 0; i < 3; i++) {
                statement.setInt(1, i);
                statement.setString(2, i == 1 ? null : "text");
                ResultSet rows = statement.executeQuery();
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(i);
                assertThat(rows.getString(2)).isEqualTo(i == 1 ? null : "text");
                ResultSet five = without.executeQuery();
                five.next();
                assertThat(five.getInt(1)).isEqualTo(5);
            }
        }
    }

    @Test
    void offMasksTheFlag() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestProxy proxy = new TestProxy.Builder()
                        .backend("127.0.0.1:" + listening.getLocalPort())
                        .protocol(ProtocolConfig.DEFAULT.with(new Policy(false, true, true)))
                        .start();
                RawPeer client = RawPeer.connect(proxy.port());
                RawPeer server = new RawPeer(listening.accept())) {
            server.send(0, greeting(ATTRIBUTED));
            assertThat(Greeting.read(client.read()).capabilities().has(Capabilities.QUERY_ATTRIBUTES))
                    .isFalse();
        }
    }

    /** Error 1835 would be the sign of a block too many or too few. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "look", "same", "other"})
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

    private ByteBuf exchange(String script, Capabilities clientFlags, Capabilities serverFlags) throws Exception {
        Path file = script.equals("none") ? null : script(body(script));
        try (Conversation c = new Conversation(file, clientFlags, serverFlags)) {
            boolean attributed = clientFlags.and(serverFlags).has(Capabilities.QUERY_ATTRIBUTES);
            c.client.send(0, query(attributed ? ATTRIBUTED : PLAIN, TRACE));
            ByteBuf command = c.server.read();
            c.server.send(1, Unpooled.wrappedBuffer(OK));
            assertThat(c.client.read().readableBytes()).isEqualTo(OK.length);
            return command;
        }
    }

    private static ByteBuf query(Capabilities flags, QueryAttributes attributes) {
        ByteBuf out = Unpooled.buffer().writeByte(3);
        if (flags.has(Capabilities.QUERY_ATTRIBUTES)) {
            out.writeBytes(attributes.block().bytes());
        }
        return out.writeBytes(SQL.getBytes(StandardCharsets.US_ASCII));
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

    private Path pythonScript(String text) throws Exception {
        return Files.writeString(folder.resolve("script.py"), text);
    }

    private static ByteBuf greeting(Capabilities flags) {
        ByteBuf out = Unpooled.buffer();
        new Greeting("8.0.31", 1, ByteString.of("abcdefghijklmnopqrst\0"), flags, 45, 2, NativePassword.NAME)
                .write(out);
        return out;
    }

    /** Two raw peers that are logged in, the proxy between them. */
    private static final class Conversation implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final TestProxy proxy;
        private final RawPeer client;
        private final RawPeer server;

        Conversation(Path script, Capabilities clientFlags, Capabilities serverFlags) throws Exception {
            boolean python = script != null && script.toString().endsWith(".py");
            TestProxy.Builder builder = new TestProxy.Builder().backend("127.0.0.1:" + listening.getLocalPort());
            proxy = (python ? builder.python(script) : builder.lua(script)).start();
            client = RawPeer.connect(python ? proxy.pythonPort() : proxy.port());
            server = new RawPeer(listening.accept());
            server.send(0, greeting(serverFlags));
            client.read();
            ByteBuf login = Unpooled.buffer();
            new HandshakeResponse(
                            clientFlags,
                            1 << 24,
                            45,
                            ByteString.of("app"),
                            ByteString.EMPTY,
                            ByteString.EMPTY,
                            NativePassword.NAME,
                            ConnectAttributes.NONE,
                            0)
                    .write(login, serverFlags);
            client.send(1, login);
            server.read();
            server.send(2, Unpooled.wrappedBuffer(OK));
            client.read();
        }

        @Override
        public void close() throws java.io.IOException {
            client.close();
            server.close();
            proxy.close();
            listening.close();
        }
    }
}
