package io.mysqlproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FramingTest {
    @RegisterExtension
    final Buffers buffers = new Buffers();

    private final Framing framing = new Framing(buffers.allocator());

    @AfterEach
    void release() {
        framing.release();
    }

    @Test
    void cutsPacketsOutOfOneBuffer() {
        ByteBuf fed = buffers.hex("01 00 00 00 0e  00 00 00 01  02 00 00 02 aa bb  01 00");
        framing.feed(fed);
        assertNext("010000000e");
        assertNext("00000001");
        assertNext("02000002aabb");
        assertThat(framing.next()).isNull();
        assertThat(framing.bytes()).isEqualTo(2);
        assertThat(framing.missing()).isZero();
        assertThat(framing.expected()).isEqualTo(3);
        framing.release();
        assertThat(fed.refCnt()).isZero();
    }

    @Test
    void joinsAPacketFromSingleBytes() {
        for (byte each : Buffers.bytes("05 00 00 07 01 02 03 04 05")) {
            assertThat(framing.next()).isNull();
            framing.feed(buffers.of(each));
        }
        assertNext("050000070102030405");
        assertThat(framing.bytes()).isZero();
        assertThat(buffers.used()).isZero();
    }

    @Test
    void saysHowMuchIsMissing() {
        assertThat(framing.missing()).isZero();
        framing.feed(buffers.hex("05 00"));
        assertThat(framing.missing()).isZero();
        framing.feed(buffers.hex("00 00"));
        assertThat(framing.missing()).isEqualTo(5);
        framing.feed(buffers.hex("01 02 03"));
        assertThat(framing.missing()).isEqualTo(2);
        framing.feed(buffers.hex("04 05 06"));
        assertThat(framing.missing()).isZero();
        assertNext("050000000102030405");
    }

    @Test
    void doesNotCopyAPacketThatLiesInOneBuffer() {
        ByteBuf fed = buffers.hex("01 00 00 00 0e  01 00 00 00 0e");
        framing.feed(fed);
        Packet first = framing.next();
        Packet second = framing.next();
        fed.setByte(4, 0x11).setByte(9, 0x22);
        assertThat(first.first()).isEqualTo(0x11);
        assertThat(second.first()).isEqualTo(0x22);
        first.release();
        second.release();
        assertThat(fed.refCnt()).isZero();
    }

    @Test
    void releasesABufferAsSoonAsItIsConsumed() {
        ByteBuf fed = buffers.hex("01 00 00 00 0e  01 00 00");
        framing.feed(fed);
        assertNext("010000000e");
        framing.feed(buffers.hex("01 0e"));
        assertNext("010000010e");
        assertThat(fed.refCnt()).isZero();
    }

    @Test
    void anAnnouncedLengthAllocatesNothing() {
        framing.feed(buffers.hex("fe ff ff 00"));
        framing.feed(buffers.hex("00"));
        assertThat(framing.next()).isNull();
        assertThat(framing.missing()).isEqualTo(0xFFFFFE - 1);
        assertThat(buffers.used()).isLessThan(5000);
    }

    @Test
    void singleBytesDoNotPinABufferEach() {
        framing.feed(buffers.hex("fe ff ff 00"));
        for (int i = 0; i < 10_000; i++) {
            framing.feed(buffers.allocator().buffer(2048).writeByte(i));
        }
        assertThat(framing.next()).isNull();
        assertThat(buffers.used()).isLessThan(50_000);
    }

    @Test
    void joinsAFullPacketFromManyPiecesOnce() {
        framing.feed(buffers.hex("ff ff ff 00"));
        for (int i = 0; i < 256; i++) {
            assertThat(framing.next()).isNull();
            framing.feed(buffers.allocator().buffer(65536).writeZero(65536));
        }
        Packet packet = framing.next();
        assertThat(packet.continues()).isTrue();
        assertThat(framing.bytes()).isOne();
        packet.release();
    }

    @Test
    void givesAwayWhatIsLeft() {
        assertThat(framing.drain()).isNull();
        framing.feed(buffers.hex("01 00 00"));
        framing.feed(buffers.hex("00 16 03"));
        assertThat(Buffers.drain(framing.drain())).isEqualTo("010000001603");
        assertThat(framing.bytes()).isZero();
        assertThat(framing.drain()).isNull();
    }

    @Test
    void acceptsEmptyBuffers() {
        framing.feed(buffers.of());
        assertThat(framing.bytes()).isZero();
        assertThat(framing.next()).isNull();
        assertThat(buffers.used()).isZero();
    }

    @Test
    void nextRefusesToGoOnInsideAPacketThatIsPassing() {
        framing.feed(buffers.hex("05 00 00 00 01 02"));
        Buffers.drain(framing.run(new Always(false), 0));
        assertThat(framing.missing()).isEqualTo(3);
        assertThatThrownBy(framing::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void passesPartsOfAPacketThatWasJudged() {
        framing.feed(buffers.hex("05 00 00 00"));
        assertThat(framing.run(new Always(true), 0)).isNull();
        framing.feed(buffers.hex("01"));
        assertThat(Buffers.drain(framing.run(new Always(true), 0))).isEqualTo("0500000001");
        assertThat(framing.finished()).isFalse();
        framing.feed(buffers.hex("02 03 04 05 ee"));
        assertThat(Buffers.drain(framing.run(new Always(true), 0))).isEqualTo("02030405");
        assertThat(framing.finished()).isTrue();
        assertThat(framing.bytes()).isOne();
    }

    @Test
    void checksAndMovesSequenceIds() {
        framing.expect(255);
        framing.feed(buffers.hex("01 00 00 ff 01  01 00 00 00 01  01 00 00 01 01"));
        assertThat(Buffers.drain(framing.run(new Always(false), 2))).isEqualTo("0100000101010000020101000003" + "01");
        assertThat(framing.expected()).isEqualTo(2);
        framing.feed(buffers.hex("01 00 00 02 01 01 00 00 04 01"));
        assertThatThrownBy(() -> framing.run(new Always(false), 2))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("received packet-id 4, but expected 3");
    }

    @Test
    void passesFedBuffersWithoutCopying() {
        framing.feed(buffers.hex("01 00 00 00 01  03 00"));
        ByteBuf fed = buffers.hex("00 01 02 02 02  a0 0f 00 02").writeZero(4000);
        framing.feed(fed);
        ByteBuf passed = framing.run(new Always(false), 0);
        fed.setByte(9, 0x44);
        assertThat(Buffers.drain(passed))
                .startsWith("010000000103000001020202a00f000244")
                .hasSize(2 * 4016);
        assertThat(fed.refCnt()).isZero();
    }

    @Test
    @Tag("W-34")
    void aResponseEndsOnlyAfterItsLastContinuation() {
        Always judge = new Always(true);
        framing.feed(full(0));
        Buffers.drain(framing.run(judge, 0));
        assertThat(framing.finished()).isFalse();
        framing.feed(full(1));
        Buffers.drain(framing.run(judge, 0));
        assertThat(framing.finished()).isFalse();
        framing.feed(buffers.hex("00 00 00 02  01 00 00 03 0e"));
        assertThat(Buffers.drain(framing.run(judge, 0))).isEqualTo("00000002");
        assertThat(framing.finished()).isTrue();
        assertThat(judge.judged).isOne();
        assertThat(judge.continued).isEqualTo(2);
    }

    private ByteBuf full(int sequence) {
        return buffers.allocator()
                .buffer(Packet.HEADER + Packet.MAX_PAYLOAD)
                .writeMediumLE(Packet.MAX_PAYLOAD)
                .writeByte(sequence)
                .writeZero(Packet.MAX_PAYLOAD);
    }

    private void assertNext(String frame) {
        Packet packet = framing.next();
        assertThat(packet).isNotNull();
        assertThat(Buffers.drain(packet.frame())).isEqualTo(frame);
    }

    private static final class Always implements PacketJudge {
        private final boolean last;
        private int judged;
        private int continued;

        Always(boolean last) {
            this.last = last;
        }

        @Override
        public int needs(int first, int length) {
            return Math.min(1, length);
        }

        @Override
        public boolean judge(ByteBuf payload, int length) {
            judged++;
            return last;
        }

        @Override
        public void continued(int length) {
            continued++;
        }
    }
}
