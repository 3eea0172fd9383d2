package io.mysqlproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ByteStringTest {
    @RegisterExtension
    final Buffers buffers = new Buffers();

    @Test
    void isAValue() {
        assertThat(ByteString.of("ä"))
                .isEqualTo(ByteString.of(new byte[] {(byte) 0xC3, (byte) 0xA4}))
                .hasToString("ä");
        assertThat(ByteString.of("a")).isNotEqualTo(ByteString.of("b")).hasSameHashCodeAs(ByteString.of("a"));
        assertThat(ByteString.of(new byte[] {(byte) 0xE4}).latin1()).isEqualTo("ä");
        assertThat(ByteString.of("abc").slice(1, 3)).isEqualTo(ByteString.of("bc"));
        assertThat(ByteString.of(new byte[] {-1}).at(0)).isEqualTo(255);
        assertThat(ByteString.of("")).isSameAs(ByteString.EMPTY);
    }

    @Test
    void copiesABufferWithoutMovingIt() {
        var buffer = buffers.hex("61 62");
        ByteString copy = ByteString.copyOf(buffer);
        buffer.setByte(0, 0);
        assertThat(copy).isEqualTo(ByteString.of("ab"));
        assertThat(buffer.readableBytes()).isEqualTo(2);
        buffer.release();
    }
}
