package io.mysqlproxy.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.QueryAttributes.Entry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryAttributesTest {
    private static final Entry TRACE = new Entry(ByteString.of("trace"), ByteString.of("a1"));
    private static final Entry NONE = new Entry(ByteString.of("none"), null);

    /** A statement with one parameter of 40, and the attribute trace=a1. */
    private static final String ATTRIBUTED = """
            17 07 00 00 00 08 01 00 00 00
            02 00 01
            03 00 00   fe 00 05 74 72 61 63 65
            28 00 00 00  02 61 31""";

    private static final String PLAIN = """
            17 07 00 00 00 00 01 00 00 00
            00 01
            03 00
            28 00 00 00""";

    @Test
    void noneAreTwoBytes() {
        ByteBuf in = bytes("00 01 53");
        assertThat(QueryAttributes.read(in)).isEqualTo(QueryAttributes.NONE);
        assertThat(in.readableBytes()).isEqualTo(1);
    }

    @Test
    void whatIsWrittenReadsBack() {
        QueryAttributes made = QueryAttributes.of(List.of(TRACE, NONE));
        ByteBuf in = Unpooled.wrappedBuffer(made.block().bytes(), "SELECT".getBytes());
        assertThat(QueryAttributes.read(in)).isEqualTo(made);
        assertThat(in.readableBytes()).isEqualTo(6);
    }

    @Test
    void numbersReadAsTheirText() {
        ByteBuf in = bytes("02 01 00 01  08 80 01 61  05 00 01 62  ff ff ff ff ff ff ff ff  00 00 00 00 00 00 f8 3f");
        assertThat(QueryAttributes.read(in).entries())
                .containsExactly(
                        new Entry(ByteString.of("a"), ByteString.of("18446744073709551615")),
                        new Entry(ByteString.of("b"), ByteString.of("1.5")));
    }

    @Test
    void whatIsCutOffOrImpossibleIsRefused() {
        byte[] whole = QueryAttributes.of(List.of(TRACE, NONE)).block().bytes();
        for (int length = 0; length < whole.length; length++) {
            ByteBuf in = Unpooled.wrappedBuffer(whole, 0, length);
            assertThatThrownBy(() -> QueryAttributes.read(in)).isInstanceOf(ProtocolException.class);
        }
        for (String bad :
                new String[] {"00 02 53", "fe ff ff ff ff ff ff ff ff 01 00", "fd ff ff ff 01", "01 01 00 00"}) {
            assertThatThrownBy(() -> QueryAttributes.read(bytes(bad))).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void executionsLoseTheirAttributesAndNothingElse() {
        StatementExecute read = StatementExecute.read(bytes(ATTRIBUTED), 1);
        assertThat(read.plain()).isEqualTo(ByteString.copyOf(bytes(PLAIN)));
        assertThat(read.attributes()).containsExactly(TRACE);
        assertThat(StatementExecute.read(bytes("17 07 00 00 00 08 01 00 00 00 00"), 0)
                        .plain())
                .isEqualTo(ByteString.copyOf(bytes("17 07 00 00 00 00 01 00 00 00")));
    }

    @Test
    void executionsWithoutAttributesTranslateBothWays() {
        String counted = "17 07 00 00 00 08 01 00 00 00  01 00 01  03 00 00  28 00 00 00";
        assertThat(StatementExecute.read(bytes(counted), 1).plain()).isEqualTo(ByteString.copyOf(bytes(PLAIN)));
        ByteBuf out = Unpooled.buffer();
        StatementExecute.writeCounted(out, bytes(PLAIN), 1, List.of());
        assertThat(ByteString.copyOf(out)).isEqualTo(ByteString.copyOf(bytes(counted)));
        String again = "17 07 00 00 00 08 01 00 00 00  01 00 00 28 00 00 00";
        assertThat(StatementExecute.read(bytes(again), 1).plain())
                .isEqualTo(ByteString.copyOf(bytes("17 07 00 00 00 00 01 00 00 00  00 00 28 00 00 00")));
    }

    @Test
    void attributesThatCannotBeToldFromParametersStay() {
        assertThat(StatementExecute.read(bytes("17 07 00 00 00 08 01 00 00 00 02 00 00 28 00 00 00 02 61 31"), 1))
                .isNull();
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(Buffers.bytes(hex));
    }
}
