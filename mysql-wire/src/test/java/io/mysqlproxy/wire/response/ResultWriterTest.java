package io.mysqlproxy.wire.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Ok;
import io.mysqlproxy.wire.packet.TextRow;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResultWriterTest {
    private static final List<ColumnDefinition> COLUMNS =
            List.of(ColumnDefinition.of(ByteString.of("f"), ColumnType.STRING));
    private static final List<TextRow> ROWS =
            List.of(new TextRow(List.of(ByteString.of("a"))), new TextRow(Arrays.asList((ByteString) null)));
    private static final String DEFINITION = "0364656600000001" + "66000c080020000000fe0200000000";

    @RegisterExtension
    final Buffers buffers = new Buffers();

    @Test
    void aResultSetWithEofPackets() {
        assertThat(result(Conversation.OLD, 2, 0))
                .containsExactly("01", DEFINITION, "fe00000200", "0161", "fb", "fe00000200");
    }

    @Test
    void aResultSetWithoutEofPackets() {
        assertThat(result(Conversation.OLD, 0x22, 3))
                .containsExactly("01", DEFINITION, "fe00000200", "0161", "fb", "fe03002200");
        assertThat(result(Conversation.NEW, 0x22, 3)).containsExactly("01", DEFINITION, "0161", "fb", "fe000022000300");
        assertThat(result(Conversation.TRACK, 2, 0)).endsWith("fe00000200000000");
    }

    @Test
    void okAndErr() {
        ResultWriter writer = writer(Conversation.OLD);
        assertThat(Buffers.drain(writer.ok(new Ok(1, 2, 2, 0)))).isEqualTo("00010202000000");
        assertThat(Buffers.drain(writer.err(new Err(1064, "42000", "m")))).isEqualTo("ff2804" + "2334323030306d");
        assertThat(Buffers.drain(writer(0).err(new Err(1064, "42000", "m")))).isEqualTo("ff28046d");
    }

    @Test
    void rowsThatFailLeaveNothingBehind() {
        Iterable<TextRow> failing = () -> {
            throw new IllegalStateException("no rows");
        };
        ResultWriter writer = writer(Conversation.OLD);
        assertThatThrownBy(() -> writer.result(COLUMNS, failing, 2, 0)).isInstanceOf(IllegalStateException.class);
    }

    private List<String> result(long capabilities, int status, int warnings) {
        return writer(capabilities).result(COLUMNS, ROWS, status, warnings).stream()
                .map(Buffers::drain)
                .toList();
    }

    private ResultWriter writer(long capabilities) {
        return new ResultWriter(buffers.allocator(), new Capabilities(capabilities));
    }
}
