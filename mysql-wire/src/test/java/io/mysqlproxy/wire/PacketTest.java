package io.mysqlproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketTest {
    @RegisterExtension
    final Buffers buffers = new Buffers();

    @Test
    void tellsHeaderAndPayload() {
        Packet packet = Packet.of(buffers.hex("03 00 00 07  03 61 62"));
        assertThat(packet.sequence()).isEqualTo(7);
        assertThat(packet.length()).isEqualTo(3);
        assertThat(packet.first()).isEqualTo(3);
        assertThat(packet.continues()).isFalse();
        assertThat(Buffers.drain(packet.payload().retain())).isEqualTo("036162");
        packet.release();
    }

    @Test
    void emptyPacketHasNoFirstByte() {
        Packet packet = Packet.of(buffers.hex("00 00 00 ff"));
        assertThat(packet.first()).isEqualTo(-1);
        assertThat(packet.sequence()).isEqualTo(255);
        packet.release();
    }

    @Test
    void renumbersInPlace() {
        ByteBuf frame = buffers.hex("01 00 00 00 0e");
        Packet packet = Packet.of(frame);
        packet.renumber(0x1ff);
        assertThat(packet.sequence()).isEqualTo(255);
        assertThat(Buffers.drain(frame)).isEqualTo("010000ff0e");
    }

    @Test
    void refusesWhatIsNotOneFrame() {
        ByteBuf frame = buffers.hex("02 00 00 00 0e");
        assertThatThrownBy(() -> Packet.of(frame)).isInstanceOf(IllegalArgumentException.class);
        frame.release();
    }

    @ParameterizedTest
    @Tag("W-34")
    @CsvSource({
        "0,        1, 0",
        "1,        1, 1",
        "1024,     1, 1024",
        "1025,     1, 1025",
        "16777214, 1, 16777214",
        "16777215, 2, 0",
        "16777216, 2, 1",
        "33554430, 3, 0",
        "33554431, 3, 1"
    })
    void splitsAtFullPacketsAndEndsAnExactMultipleWithAnEmptyOne(int length, int packets, int last) {
        List<Packet> written = new ArrayList<>();
        ByteBuf payload = buffers.allocator().buffer(Math.max(1, length)).writeZero(length);
        int next = Packet.write(buffers.allocator(), payload, 254, frame -> written.add(Packet.of(frame)));
        assertThat(next).isEqualTo((254 + packets) % 256);
        assertThat(written).hasSize(packets);
        assertThat(written.get(packets - 1).length()).isEqualTo(last);
        assertThat(written.subList(0, packets - 1)).allMatch(Packet::continues);
        assertThat(written.stream().map(Packet::sequence)).startsWith(254);
        written.forEach(Packet::release);
        assertThat(payload.refCnt()).isZero();
    }

    @Test
    void writesHeaderAndPayload() {
        List<String> written = new ArrayList<>();
        Packet.write(buffers.allocator(), buffers.hex("0e"), 3, frame -> written.add(Buffers.drain(frame)));
        assertThat(written).containsExactly("010000030e");
    }

    @Test
    void doesNotCopyLargePayloads() {
        ByteBuf payload = buffers.allocator().buffer(100_000).writeZero(100_000);
        long before = buffers.used();
        Packet.write(buffers.allocator(), payload, 0, frame -> {
            assertThat(buffers.used() - before).isLessThan(1000);
            frame.release();
        });
    }

    @Test
    void countsReferences() {
        ByteBuf frame = buffers.hex("00 00 00 00");
        Packet packet = Packet.of(frame).retain();
        packet.release();
        assertThat(frame.refCnt()).isOne();
        packet.release();
        assertThat(frame.refCnt()).isZero();
    }
}
