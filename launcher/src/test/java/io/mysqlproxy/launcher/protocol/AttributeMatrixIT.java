package io.mysqlproxy.launcher.protocol;

import static io.mysqlproxy.launcher.protocol.RawConversation.ATTRIBUTED;
import static io.mysqlproxy.launcher.protocol.RawConversation.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.Wire;
import io.mysqlproxy.wire.packet.QueryAttributes;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.mysqlproxy.wire.packet.StatementExecute;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole matrix of protocol.md 5: attributes of the client or none, the flag on either side or not, and scripts that look away,
 * look on, send what they saw, send something else, or send it with attributes of their own; in both languages.
 */
@Timeout(60)
class AttributeMatrixIT {
    private static final List<Entry> TRACE =
            List.of(new Entry(ByteString.of("trace"), ByteString.of("a1")), new Entry(ByteString.of("none"), null));
    private static final List<Entry> OWN = List.of(new Entry(ByteString.of("who"), ByteString.of("script")));

    @TempDir
    private Path folder;

    /**
     * One cell.
     *
     * @param script none, look, same, other or own
     * @param sent whether the client sends attributes, if it can
     */
    record Cell(String language, String script, boolean client, boolean server, boolean sent) {
        /** Whether the script's wish, or else the client's flag, reaches a server that can. */
        boolean negotiated() {
            return server && (client || !script.equals("none"));
        }

        List<Entry> expected() {
            return switch (script) {
                case "own" -> OWN;
                case "other" -> List.of();
                default -> sent && client && server ? TRACE : List.of();
            };
        }

        Capabilities clientFlags() {
            return client ? ATTRIBUTED : PLAIN;
        }

        Capabilities serverFlags() {
            return server ? ATTRIBUTED : PLAIN;
        }

        /** Whether the client's leg has a place for them. */
        boolean framed() {
            return client && server;
        }
    }

    static Stream<Arguments> cells() {
        Stream.Builder<Arguments> all = Stream.builder();
        for (String language : List.of("lua", "python")) {
            for (String script : List.of("none", "look", "same", "other", "own")) {
                for (int bits = 0; bits < 8; bits++) {
                    all.add(arguments(new Cell(language, script, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0)));
                }
            }
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void statements(Cell cell) throws Exception {
        try (RawConversation c = conversation(cell)) {
            assertThat(c.login.capabilities().has(Capabilities.QUERY_ATTRIBUTES))
                    .isEqualTo(cell.negotiated());
            ByteBuf query = Unpooled.buffer().writeByte(3);
            if (cell.framed()) {
                query.writeBytes(QueryAttributes.of(cell.sent ? TRACE : List.of())
                        .block()
                        .bytes());
            }
            c.client.send(0, query.writeBytes("SELECT 1".getBytes(StandardCharsets.US_ASCII)));
            ByteBuf heard = c.server.read();
            assertThat(heard.readByte()).isEqualTo((byte) 3);
            if (cell.negotiated()) {
                assertThat(QueryAttributes.read(heard).entries()).isEqualTo(cell.expected());
            }
            assertThat(heard.toString(StandardCharsets.US_ASCII))
                    .isEqualTo(cell.script.equals("other") ? "SELECT 2" : "SELECT 1");
            answered(c, cell, cell.negotiated() ? cell.expected() : List.of());
        }
    }

    /** A statement with one parameter: 40. */
    @ParameterizedTest
    @MethodSource("cells")
    void executions(Cell cell) throws Exception {
        try (RawConversation c = conversation(cell)) {
            prepare(c);
            for (boolean typed : new boolean[] {true, false}) {
                c.client.send(0, execution(cell, typed));
                ByteBuf heard = c.server.read();
                List<Entry> expected = cell.negotiated() ? expected(cell, typed) : List.of();
                assertHeard(cell, heard, expected);
                answered(c, cell, expected);
            }
        }
    }

    /** Without types there is nothing that would tell attributes from parameters: a client sends both or neither. */
    private static List<Entry> expected(Cell cell, boolean typed) {
        return typed || cell.script.equals("own") ? cell.expected() : List.of();
    }

    private static void assertHeard(Cell cell, ByteBuf heard, List<Entry> expected) {
        ByteBuf plain = heard;
        if (cell.negotiated()) {
            StatementExecute read = StatementExecute.read(heard, 1, i -> false);
            assertThat(read.attributes()).isEqualTo(expected);
            plain = Unpooled.wrappedBuffer(read.plain().bytes());
        }
        long value = plain.getUnsignedIntLE(plain.writerIndex() - 4);
        assertThat(value).isEqualTo(cell.script.equals("other") ? 41 : 40);
        assertThat(plain.readableBytes()).isEqualTo(plain.getByte(11) == 1 ? 18 : 16);
    }

    private static void prepare(RawConversation c) throws IOException {
        c.client.send(0, Unpooled.wrappedBuffer(new byte[] {22, 'S'}));
        c.server.read();
        c.server.send(1, Unpooled.wrappedBuffer(new byte[] {0, 7, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0}));
        ByteBuf column = Unpooled.buffer().writeBytes(new byte[] {3, 'd', 'e', 'f', 0, 0, 0, 1, '?', 0, 12, 63, 0});
        c.server.send(2, column.writeZero(10));
        c.server.send(3, Unpooled.wrappedBuffer(new byte[] {(byte) 0xFE, 0, 0, 2, 0}));
        for (int i = 0; i < 3; i++) {
            c.client.read();
        }
    }

    private static ByteBuf execution(Cell cell, boolean typed) {
        ByteBuf plain =
                Unpooled.buffer().writeByte(23).writeIntLE(7).writeByte(0).writeIntLE(1);
        plain.writeByte(0).writeByte(typed ? 1 : 0);
        if (typed) {
            plain.writeByte(ColumnType.LONG).writeByte(0);
        }
        plain.writeIntLE(40);
        if (!cell.framed()) {
            return plain;
        }
        ByteBuf out = Unpooled.buffer();
        StatementExecute.writeCounted(out, plain, 1, null, cell.sent && typed ? TRACE : List.of());
        return out;
    }

    /** What the script has been told about the attributes comes back as the text of the OK. */
    private static void answered(RawConversation c, Cell cell, List<Entry> carried) throws IOException {
        c.server.send(1, RawConversation.ok());
        ByteBuf answer = c.client.read();
        if (cell.script.equals("same") || cell.script.equals("own")) {
            answer.skipBytes(1);
            assertThat(Wire.readLenencInt(answer)).isEqualTo(carried.size());
        }
    }

    private RawConversation conversation(Cell cell) throws IOException {
        boolean python = cell.language.equals("python") && !cell.script.equals("none");
        return new RawConversation(
                b -> script(b, cell),
                python ? TestProxy::pythonPort : TestProxy::port,
                cell.clientFlags(),
                cell.serverFlags(),
                ConnectAttributes.NONE);
    }

    private TestProxy.Builder script(TestProxy.Builder builder, Cell cell) {
        if (cell.script.equals("none")) {
            return builder;
        }
        try {
            return cell.language.equals("lua")
                    ? builder.lua(Files.writeString(folder.resolve("script.lua"), lua(cell.script)))
                    : builder.python(Files.writeString(folder.resolve("script.py"), python(cell.script)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String lua(String script) {
        String options = script.equals("own")
                ? "{ resultset_is_needed = true, query_attributes = { who = 'script' } }"
                : "{ resultset_is_needed = true }";
        return """
                local proto = require('mysql.proto')
                function read_query(packet)
                  if packet:byte() ~= 3 and packet:byte() ~= 23 then return end
                  local changed
                  if packet:byte() == 3 then
                    assert(packet:sub(2) == 'SELECT 1', 'a block in the statement')
                    changed = packet:sub(1, -2) .. '2'
                  else
                    local read = proto.from_stmt_execute_packet(packet, 1)
                    assert(not read.new_params_bound or read.params[1].value == 40, 'another layout')
                    changed = packet:sub(1, -5) .. string.char(41, 0, 0, 0)
                  end
                  %s
                end
                function read_query_result(inj)
                  local count = 0
                  for name, value in pairs(inj.query_attributes) do count = count + 1 end
                  assert(inj.query_attributes.who == nil or inj.query_attributes.who == 'script')
                  proxy.response = { type = proxy.MYSQLD_PACKET_OK, affected_rows = count }
                  return proxy.PROXY_SEND_RESULT
                end
                """.formatted(
                        script.equals("look")
                                ? ""
                                : "proxy.queries:append(1, " + (script.equals("other") ? "changed" : "packet") + ", "
                                        + options + ") return proxy.PROXY_SEND_QUERY");
    }

    private static String python(String script) {
        String options = script.equals("own") ? "True, query_attributes={'who': 'script'}" : "True";
        return """
                def read_query(proxy, packet):
                    if packet[0] not in '\\3\\x17':
                        return
                    if packet[0] == '\\3':
                        assert packet[1:] == 'SELECT 1', 'a block in the statement'
                        changed = packet[:-1] + '2'
                    else:
                        changed = packet[:-4] + '\\x29\\0\\0\\0'
                    %s
                def read_query_result(proxy, inj):
                    proxy.response = {'type': proxy.MYSQLD_PACKET_OK, 'affected_rows': len(inj.query_attributes)}
                    assert inj.query_attributes.get('who') in (None, 'script')
                    return proxy.PROXY_SEND_RESULT
                """.formatted(
                        script.equals("look")
                                ? "return None"
                                : "proxy.queries.append(1, " + (script.equals("other") ? "changed" : "packet") + ", "
                                        + options + ")\n    return proxy.PROXY_SEND_QUERY");
    }
}
