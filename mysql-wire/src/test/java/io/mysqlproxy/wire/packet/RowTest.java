package io.mysqlproxy.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RowTest {
    @RegisterExtension
    final Buffers buffers = new Buffers();

    @Test
    void textCellsAreBytesOrNull() {
        ByteBuf payload = buffers.hex("01 31 fb 00");
        assertThat(TextRow.read(payload, 3).cells()).containsExactly(ByteString.of("1"), null, ByteString.EMPTY);
        payload.release();
    }

    @Test
    void aTextRowHasAllItsCellsAndNoMore() {
        ByteBuf payload = buffers.hex("01 31 01 32");
        assertThatThrownBy(() -> TextRow.read(payload.slice(), 1)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> TextRow.read(payload.slice(), 3)).isInstanceOf(ProtocolException.class);
        payload.release();
    }

    @Test
    void binaryNullsAreMarkedFromTheThirdBitOn() {
        List<ColumnDefinition> columns = IntStream.range(0, 8)
                .mapToObj(i -> ColumnDefinition.of(ByteString.of("c" + i), ColumnType.TINY))
                .toList();
        ByteBuf payload = buffers.hex("00  fc 01  37 ");
        List<ByteString> cells = BinaryRow.read(payload, columns).cells();
        assertThat(cells).isEqualTo(Arrays.asList(null, null, null, null, null, null, null, ByteString.of("55")));
        payload.release();
    }

    @Test
    void aBinaryRowHasAllItsCellsAndNoMore() {
        List<ColumnDefinition> columns = List.of(ColumnDefinition.of(ByteString.of("c"), ColumnType.LONG));
        for (String hex : new String[] {"", "01 00 01 00 00 00", "00", "00 00 01 00 00", "00 00 01 00 00 00 00"}) {
            ByteBuf payload = buffers.hex(hex);
            assertThatThrownBy(() -> BinaryRow.read(payload, columns)).isInstanceOf(ProtocolException.class);
            payload.release();
        }
    }

    @Test
    @Tag("W-32")
    void definitionsMayGoOnAndTypesMayBeUnknown() {
        String hex = "03 64 65 66 00 00 00 01 76 00 0c 3f 00 00 00 01 00 f2 80 00 00 00 00";
        ByteBuf withDefault = buffers.hex(hex + "02 34 32");
        assertThat(ColumnDefinition.read(withDefault).type()).isEqualTo(ColumnType.VECTOR);
        withDefault.release();
        ByteBuf shorter = buffers.hex("03 64 65 66 00 00 00 01 76 00 0b 3f 00 00 00 01 00 f2 80 00 00 00");
        assertThatThrownBy(() -> ColumnDefinition.read(shorter)).isInstanceOf(ProtocolException.class);
        shorter.release();
    }
}
