package io.mysqlproxy.wire.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherRepliesTest {
    @RegisterExtension
    final Buffers buffers = new Buffers();

    @ParameterizedTest
    @CsvSource({
        "COM_PING, 01",
        "COM_PING, ''",
        "COM_PING, fb 61",
        "UNKNOWN, 03",
        "COM_STMT_PREPARE, fe 00 00 02 00",
        "COM_STMT_PREPARE, 00 01 00 00 00 02 00 03 00 00 04",
        "COM_STMT_PREPARE, ''",
        "COM_STMT_FETCH, 01 31",
        "COM_STMT_FETCH, ''",
        "COM_FIELD_LIST, 00",
        "COM_FIELD_LIST, fb",
        "COM_FIELD_LIST, ''",
        "COM_STMT_CLOSE, 00 00 00 02 00 00 00",
        "COM_QUIT, ''",
    })
    void unexpectedPacketsAreRefused(Command command, String hex) {
        ResponseReader reader = command.reader(new Capabilities(Conversation.OLD));
        assertThatThrownBy(() -> judge(reader, hex)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void definitionsOfAPreparedStatementAreCounted() {
        ResponseReader reader = Command.COM_STMT_PREPARE.reader(new Capabilities(Conversation.OLD));
        assertThat(judge(reader, "00 01 00 00 00 00 00 01 00 00 07 00")).isFalse();
        assertThatThrownBy(() -> judge(reader, "fe 00 00 02 00")).isInstanceOf(ProtocolException.class);
        assertThat(judge(reader, "03 64 65 66")).isFalse();
        assertThatThrownBy(() -> judge(reader, "03 64 65 66")).isInstanceOf(ProtocolException.class);
        assertThat(judge(reader, "fe 00 00 02 00")).isTrue();
        assertThat(reader.summary().warnings()).isEqualTo(7);
    }

    @Test
    void aStreamOfEventsNeverEnds() {
        ResponseReader reader = Command.COM_BINLOG_DUMP.reader(Capabilities.NONE);
        assertThat(judge(reader, "00 01 02")).isFalse();
        assertThat(judge(reader, "fe 00 00 02 00")).isFalse();
        assertThat(judge(reader, "ff 00 00")).isFalse();
        assertThat(reader.complete()).isFalse();
        assertThat(reader.summary().kind()).isEqualTo(ResponseSummary.Kind.OTHER);
    }

    @Test
    void noMoreIsReadThanWasAskedFor() {
        ByteBuf beginning = buffers.of((byte) 0xFF);
        assertThat(Command.COM_BINLOG_DUMP.reader(Capabilities.NONE).judge(beginning, 100))
                .isFalse();
        ResponseReader reader = Command.COM_STMT_PREPARE.reader(Capabilities.NONE);
        judge(reader, "00 01 00 00 00 00 00 01 00 00 00 00");
        assertThat(reader.needs(0xFF, 100)).isOne();
        assertThatThrownBy(() -> reader.judge(beginning, 100)).isInstanceOf(ProtocolException.class);
        beginning.release();
    }

    @Test
    void noResponseIsCompleteFromTheBeginning() {
        assertThat(Command.COM_STMT_CLOSE.reader(Capabilities.NONE).complete()).isTrue();
        assertThat(Command.COM_PING.reader(Capabilities.NONE).complete()).isFalse();
    }

    @Test
    void statisticsMayLookLikeAnything() {
        for (String hex : new String[] {"00", "fe 61", "fb", ""}) {
            ResponseReader reader = Command.COM_STATISTICS.reader(Capabilities.NONE);
            assertThat(judge(reader, hex)).isTrue();
            assertThat(reader.wantsLocalInfile()).isFalse();
        }
    }

    private boolean judge(ResponseReader reader, String hex) {
        ByteBuf payload = buffers.hex(hex);
        try {
            int length = payload.readableBytes();
            reader.needs(length == 0 ? -1 : payload.getUnsignedByte(0), length);
            return reader.judge(payload, length);
        } finally {
            assertThat(payload.readerIndex()).isZero();
            payload.release();
        }
    }
}
