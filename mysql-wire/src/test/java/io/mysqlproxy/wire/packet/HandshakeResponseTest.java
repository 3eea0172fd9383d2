package io.mysqlproxy.wire.packet;

import static io.mysqlproxy.wire.Capabilities.CONNECT_ATTRS;
import static io.mysqlproxy.wire.Capabilities.CONNECT_WITH_DB;
import static io.mysqlproxy.wire.Capabilities.PLUGIN_AUTH;
import static io.mysqlproxy.wire.Capabilities.PLUGIN_AUTH_LENENC;
import static io.mysqlproxy.wire.Capabilities.PROTOCOL_41;
import static io.mysqlproxy.wire.Capabilities.SECURE_CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HandshakeResponseTest {
    private static final String HEAD = "00 00 00 01 2d" + "00".repeat(23);
    private static final Capabilities ALL = new Capabilities(0xFFFFFFFFL);

    @RegisterExtension
    final Buffers buffers = new Buffers();

    @Test
    void authResponseByShortLength() {
        HandshakeResponse read = read("00 82 00 00" + HEAD + "75 00  02 00 bb", ALL);
        assertThat(read.authResponse()).isEqualTo(ByteString.of(new byte[] {0, (byte) 0xbb}));
    }

    @Test
    void authResponseByLengthEncodedLength() {
        HandshakeResponse read = read("00 82 20 00" + HEAD + "75 00  fc 02 00 00 bb", ALL);
        assertThat(read.authResponse().length()).isEqualTo(2);
    }

    @Test
    void authResponseByNul() {
        assertThat(read("00 02 00 00" + HEAD + "75 00  61 62 00", ALL).authResponse())
                .isEqualTo(ByteString.of("ab"));
    }

    @Test
    void theLayoutIsThatOfWhatBothSidesHave() {
        Capabilities offered = new Capabilities(PROTOCOL_41 | SECURE_CONNECTION);
        HandshakeResponse read = read("08 82 38 00" + HEAD + "75 00  01 aa  64 62 00", offered);
        assertThat(read.database()).isEqualTo(ByteString.EMPTY);
        assertThat(read.authPlugin()).isEmpty();
        assertThat(read.capabilities().has(CONNECT_WITH_DB | PLUGIN_AUTH | CONNECT_ATTRS))
                .isTrue();
    }

    @Test
    void aSchemaNeedsItsNul() {
        assertRefused("08 82 00 00" + HEAD + "75 00  00  64 62", "NUL-terminated string");
    }

    @Test
    void attributesMayBeMissing() {
        HandshakeResponse read = read("00 82 18 00" + HEAD + "75 00 00 70 00", ALL);
        assertThat(read.attributes()).isEqualTo(ConnectAttributes.NONE);
    }

    @Test
    void attributesHaveToFillTheirBlock() {
        assertRefused("00 82 10 00" + HEAD + "75 00 00  03 01 61 02", "string of 2 bytes");
        assertRefused("00 82 10 00" + HEAD + "75 00 00  02 01 61", "integer of 1 bytes");
        assertRefused("00 82 10 00" + HEAD + "75 00 00  09 01 61 01 62", "string of 9 bytes");
    }

    @Test
    void attributesAreBounded() {
        assertRefused("00 82 10 00" + HEAD + "75 00 00 fd 01 00 01" + "00".repeat(0x10001), "at most 64 KiB");
    }

    @Test
    void recognisesOldClients() {
        assertThat(is41("05 22 00")).isTrue();
        assertThat(is41("05 20 00")).isFalse();
        assertThat(is41("05")).isFalse();
        assertRefused("05 20 ff ff ff 75 00", "4.0 protocol is not supported");
    }

    @Test
    void recognisesTheRequestForTls() {
        ByteBuf request = buffers.hex("00 8a 00 00" + HEAD);
        assertThat(SslRequest.matches(request)).isTrue();
        assertThat(SslRequest.matches(request.slice(0, 31))).isFalse();
        assertThat(SslRequest.matches(request.setByte(1, 0x82))).isFalse();
        request.release();
    }

    @Test
    void writesWhatFits() {
        Capabilities offered = new Capabilities(PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH_LENENC);
        ByteString answer = ByteString.of(new byte[300]);
        ByteBuf out = buffers.of();
        response(offered, answer).write(out, offered);
        assertThat(HandshakeResponse.read(out, offered).authResponse()).isEqualTo(answer);
        Capabilities shorter = offered.without(PLUGIN_AUTH_LENENC);
        assertThatThrownBy(() -> response(offered, answer).write(out, shorter))
                .isInstanceOf(IllegalArgumentException.class);
        out.release();
    }

    @Test
    void attributesGrow() {
        ConnectAttributes attributes =
                ConnectAttributes.NONE.with("_proxy_name", "x").with("_proxy_name", "y");
        ByteBuf out = buffers.of();
        attributes.write(out);
        assertThat(ConnectAttributes.read(out, ALL)).isEqualTo(attributes);
        out.release();
    }

    private static HandshakeResponse response(Capabilities capabilities, ByteString answer) {
        ByteString user = ByteString.of("u");
        return new HandshakeResponse(
                capabilities, 1 << 24, 45, user, answer, ByteString.EMPTY, "", ConnectAttributes.NONE, 0);
    }

    private boolean is41(String hex) {
        ByteBuf payload = buffers.hex(hex);
        boolean is = HandshakeResponse.isProtocol41(payload);
        payload.release();
        return is;
    }

    private HandshakeResponse read(String hex, Capabilities offered) {
        ByteBuf payload = buffers.hex(hex);
        try {
            return HandshakeResponse.read(payload, offered);
        } finally {
            payload.release();
        }
    }

    private void assertRefused(String hex, String message) {
        assertThatThrownBy(() -> read(hex, ALL))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(message);
    }
}
