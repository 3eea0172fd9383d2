package io.mysqlproxy.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SlabsTest {
    @RepeatedTest(20)
    @DisplayName("However bytes come, and however they are taken, they are the same")
    void keepsBytes(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        byte[] all = new byte[random.nextInt(3_000_000)];
        random.nextBytes(all);
        Slabs slabs = new Slabs();
        for (int at = 0; at < all.length; ) {
            int count = Math.min(all.length - at, random.nextInt(random.nextBoolean() ? 200 : 300_000));
            slabs.add(Unpooled.wrappedBuffer(all, at, count));
            at += count;
        }
        assertThat(slabs.size()).isEqualTo(all.length);
        assertThat(sent(slabs)).isEqualTo(all);
        assertThat(taken(slabs.reader(), random)).isEqualTo(all);
    }

    private static byte[] sent(Slabs slabs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Slabs.Reader in = slabs.reader(); in.left() > 0; ) {
            Bytes part = in.some(100_000);
            assertThat(part.length()).isBetween(1, 100_000);
            out.write(part.array(), part.offset(), part.length());
        }
        return out.toByteArray();
    }

    private static byte[] taken(Slabs.Reader in, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.left() > 0) {
            out.writeBytes(
                    in.take((int) Math.min(in.left(), random.nextInt(400_000))).toByteArray());
        }
        return out.toByteArray();
    }

    @Test
    @DisplayName("What is forgotten leaves room for something else")
    void forgets() {
        Slabs slabs = new Slabs();
        slabs.add(Unpooled.wrappedBuffer(new byte[5000]));
        slabs.clear();
        slabs.add(Unpooled.wrappedBuffer(new byte[] {1, 2}));
        assertThat(sent(slabs)).containsExactly(1, 2);
    }

    @Test
    @DisplayName("An answer is taken apart into logical packets, empty and split ones as well")
    void takesApart() {
        Slabs frames = new Slabs();
        List<Integer> lengths = List.of(1, 0, Packet.MAX_PAYLOAD, 70_000, 2 * Packet.MAX_PAYLOAD + 3, 5);
        for (int length : lengths) {
            Packet.write(UnpooledByteBufAllocator.DEFAULT, Unpooled.buffer().writeZero(length), 1, frame -> {
                frames.add(frame);
                frame.release();
            });
        }
        HeldAnswer answer = new HeldAnswer(frames, 1, 10, Capabilities.NONE, false);
        List<Integer> found = new ArrayList<>();
        answer.payloads().forEach((Bytes payload) -> found.add(payload.length()));
        assertThat(found).isEqualTo(lengths);
    }
}
