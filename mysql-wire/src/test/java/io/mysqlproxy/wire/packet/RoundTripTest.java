package io.mysqlproxy.wire.packet;

import static io.mysqlproxy.wire.Capabilities.CONNECT_ATTRS;
import static io.mysqlproxy.wire.Capabilities.CONNECT_WITH_DB;
import static io.mysqlproxy.wire.Capabilities.PLUGIN_AUTH;
import static io.mysqlproxy.wire.Capabilities.PLUGIN_AUTH_LENENC;
import static io.mysqlproxy.wire.Capabilities.PROTOCOL_41;
import static io.mysqlproxy.wire.Capabilities.SECURE_CONNECTION;
import static io.mysqlproxy.wire.Capabilities.SESSION_TRACK;
import static io.mysqlproxy.wire.Capabilities.ZSTD_COMPRESSION_ALGORITHM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet: bytes to record to the same bytes, and what happens when they are cut off. */
class RoundTripTest {
    private static final Capabilities TRACK = new Capabilities(PROTOCOL_41 | SESSION_TRACK);
    private static final Capabilities AUTH =
            new Capabilities(PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH | CONNECT_ATTRS);
    private static final Capabilities LOGIN =
            AUTH.with(CONNECT_WITH_DB | PLUGIN_AUTH_LENENC | ZSTD_COMPRESSION_ALGORITHM);

    @RegisterExtension
    final Buffers buffers = new Buffers();

    /**
     * A packet as it was on the wire.
     *
     * @param needed so many bytes at least make a packet; what is behind them may be missing
     */
    private record Sample<T>(String hex, int needed, Function<ByteBuf, T> reader, BiConsumer<T, ByteBuf> writer) {
        String again(ByteBuf payload, ByteBuf out) {
            writer.accept(reader.apply(payload), out);
            return Buffers.drain(out);
        }

        @Override
        public String toString() {
            return Buffers.normal(hex);
        }
    }

    static Stream<Sample<?>> samples() {
        return Stream.of(login(), results(), auth()).flatMap(each -> each);
    }

    private static Stream<Sample<?>> login() {
        return Stream.of(
                new Sample<>("""
                        0a 38 2e 30 2e 34 36 00  07 01 00 00  |8.0.46
                        3b 6a 1f 55 2a 71 4d 22  00
                        ff ff ff 02 00 ff df 15  00 00 00 00 00 00 00 00 00 00
                        11 62 09 4f 5e 7b 2c 3d 1a 44 60 71 00
                        63 61 63 68 69 6e 67 5f 73 68 61 32 5f 70 61 73 73 77 6f 72 64 00""", 52, Greeting::read, Greeting::write),
                new Sample<>("""
                        0a 35 2e 35 2e 35 2d 31 31 2e 38 2e 34 2d 4d 61 72 69 61 44 42 00  2a 00 00 00 |5.5.5-11.8.4-MariaDB
                        3b 6a 1f 55 2a 71 4d 22  00
                        fe f7 2d 02 00 ff 81 15  00 00 00 00 00 00 1d 00 00 00
                        11 62 09 4f 5e 7b 2c 3d 1a 44 60 71 00
                        6d 79 73 71 6c 5f 6e 61 74 69 76 65 5f 70 61 73 73 77 6f 72 64 00""", 66, Greeting::read, Greeting::write),
                new Sample<>("""
                        05 a2 3e 01  00 00 00 01  ff
                        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00""", 32, SslRequest::read, SslRequest::write),
                new Sample<>("""
                        08 82 38 04  00 00 00 01  2d
                        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  07 00 00 00
                        72 6f 6f 74 00
                        03 aa bb cc
                        74 65 73 74 00
                        6d 79 73 71 6c 5f 6e 61 74 69 76 65 5f 70 61 73 73 77 6f 72 64 00
                        0b 03 5f 6f 73 06 4c 69 6e 75 78 34
                        05""", 46, in -> HandshakeResponse.read(in, LOGIN), (it, out) -> it.write(out, LOGIN)),
                new Sample<>("""
                        11 72 6f 6f 74 00  02 aa bb  74 65 73 74 00  2d 00
                        6d 79 73 71 6c 5f 6e 61 74 69 76 65 5f 70 61 73 73 77 6f 72 64 00
                        06 02 5f 61 02 62 63""", 14, in -> ChangeUser.read(in, AUTH), (it, out) -> it.write(out, AUTH)));
    }

    private static Stream<Sample<?>> results() {
        return Stream.of(
                new Sample<>(
                        "00 fc 2c 01 fd 70 11 01 02 00 01 00",
                        12,
                        in -> Ok.read(in, Capabilities.NONE),
                        (it, out) -> it.write(out, Capabilities.NONE)),
                new Sample<>(
                        "00 01 00 02 00 00 00 04 52 6f 77 73",
                        7,
                        in -> Ok.read(in, Capabilities.NONE),
                        (it, out) -> it.write(out, Capabilities.NONE)),
                new Sample<>(
                        "00 00 00 02 40 00 00  02 68 69  07 01 05 04 74 65 73 74",
                        7,
                        in -> Ok.read(in, TRACK),
                        (it, out) -> it.write(out, TRACK)),
                new Sample<>(
                        "fe 00 00 22 00 03 00 00", 7, in -> Ok.read(in, TRACK), (it, out) -> it.writeEnd(out, TRACK)),
                new Sample<>("ff 15 04 23 32 38 30 30 30 6e 6f 70 65", 3, Err::read, Err::write),
                new Sample<>("ff 10 04 54 6f 6f 20 6d 61 6e 79", 3, Err::read, Err::write),
                new Sample<>("fe 01 00 02 00", 5, Eof::read, Eof::write),
                new Sample<>("00 01 00 00 00 02 00 03 00 00 04 00", 12, PrepareOk::read, PrepareOk::write),
                new Sample<>("fb 2f 74 6d 70", 1, LocalInfile::read, LocalInfile::write),
                new Sample<>(
                        "03 64 65 66 02 64 62 01 74 02 6f 74 01 66 02 6f 66 0c 2d 00 20 00 00 00 fd 01 10 1f 00 00",
                        30,
                        ColumnDefinition::read,
                        ColumnDefinition::write),
                new Sample<>("01 31 fb 00 03 61 62 63", 8, in -> TextRow.read(in, 4), TextRow::write));
    }

    private static Stream<Sample<?>> auth() {
        return Stream.of(
                new Sample<>("fe 6d 79 00 01 02 00", 1, AuthSwitch::read, AuthSwitch::write),
                new Sample<>("01 03", 1, AuthMoreData::read, AuthMoreData::write),
                new Sample<>("02 6d 79 00 01 02", 1, AuthNextFactor::read, AuthNextFactor::write));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsAndWrites(Sample<?> sample) {
        ByteBuf payload = buffers.hex(sample.hex());
        assertThat(sample.again(payload, buffers.of())).isEqualTo(Buffers.normal(sample.hex()));
        assertThat(payload.isReadable()).isFalse();
        payload.release();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesWhatIsCutOff(Sample<?> sample) {
        ByteBuf payload = buffers.hex(sample.hex());
        for (int length = 0; length < payload.writerIndex(); length++) {
            ByteBuf cut = payload.slice(0, length);
            boolean headerOnly = length == 1 && payload.getUnsignedByte(0) == Eof.HEADER && sample.needed() == 5;
            if (length < sample.needed() && !headerOnly) {
                assertThatThrownBy(() -> sample.reader().apply(cut)).isInstanceOf(ProtocolException.class);
            } else {
                readsOrRefuses(sample, cut);
            }
        }
        payload.release();
    }

    private static void readsOrRefuses(Sample<?> sample, ByteBuf cut) {
        try {
            sample.reader().apply(cut);
        } catch (ProtocolException e) {
            assertThat(e).hasMessageContaining("at offset");
        }
    }
}
