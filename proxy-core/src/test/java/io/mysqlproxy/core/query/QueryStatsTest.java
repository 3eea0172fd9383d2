package io.mysqlproxy.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.QueryAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryStatsTest {
    private static final Capabilities PLAIN = new Capabilities(0);
    private static final Capabilities ATTRIBUTES = new Capabilities(Capabilities.QUERY_ATTRIBUTES);

    private final QueryStats stats = new QueryStats(1);
    private final StatementTimer timer = stats.timer();

    private void asked(ByteString block, String statement, Capabilities client) {
        ByteBuf payload = Unpooled.buffer().writeByte(Command.COM_QUERY.code()).writeBytes(block.bytes());
        payload.writeBytes(ByteString.of(statement).bytes());
        Packet.write(UnpooledByteBufAllocator.DEFAULT, payload, 0, frame -> {
            Packet packet = Packet.of(frame);
            timer.began(packet, client);
            timer.ended();
            packet.release();
        });
    }

    @Test
    void whatComesAlongWithAStatementIsNoPartOfIt() {
        ByteString block = QueryAttributes.of(
                        List.of(new QueryAttributes.Entry(ByteString.of("traceparent"), ByteString.of("00-4bf92f"))))
                .block();
        asked(ByteString.EMPTY, "SELECT a FROM t", PLAIN);
        asked(QueryAttributes.NONE.block(), "SELECT a FROM t", ATTRIBUTES);
        asked(block, "SELECT a FROM t", ATTRIBUTES);
        assertThat(stats.lines()).singleElement().satisfies(line -> {
            assertThat(line.text()).containsIgnoringCase("select a from t");
            assertThat(line.count()).isEqualTo(3);
        });
    }

    @Test
    void aGarbledBlockDoesNoHarm() {
        asked(ByteString.of("\u0005\u0001"), "", ATTRIBUTES);
        assertThat(stats.lines()).hasSize(1);
    }
}
