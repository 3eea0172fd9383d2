package io.mysqlproxy.core.net.wrapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.compress.FrameCodec;
import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written and not flushed yet: the channel has to know of it, or nobody would stop those who write. */
@Tag("W-37")
class CompressionHandlerTest {
    private static final int CHUNK = 16 * 1024;
    private static final int CHUNKS = 64;

    private final EmbeddedChannel channel =
            new EmbeddedChannel(new CompressionHandler(FrameCodec.of(new Capabilities(Capabilities.COMPRESS), 0)));

    @AfterEach
    void close() {
        channel.flush();
        channel.finishAndReleaseAll();
    }

    private ByteBuf write(byte[] content) {
        ByteBuf chunk = Unpooled.copiedBuffer(content);
        channel.write(chunk, channel.voidPromise());
        return chunk;
    }

    @Test
    void whatDoesNotGetSmallerCounts() {
        Random random = new Random(1);
        byte[] content = new byte[CHUNK];
        for (int i = 0; i < CHUNKS; i++) {
            random.nextBytes(content);
            write(content);
        }
        assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isGreaterThan(CHUNK * (CHUNKS - 4));
    }

    @Test
    void whatGetsSmallerIsNotHeldInFull() {
        long held = IntStream.range(0, CHUNKS).mapToObj(i -> write(new byte[CHUNK])).toList().stream()
                .filter(chunk -> chunk.refCnt() > 0)
                .count();
        assertThat(held).isLessThan(4);
    }

    @Test
    void littleWaitsForTheFlushAndIsOneFrame() {
        write(new byte[100]);
        write(new byte[100]);
        assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isZero();
        channel.flush();
        ByteBuf frame = channel.readOutbound();
        assertThat(frame.getUnsignedMediumLE(4)).isEqualTo(200);
        frame.release();
        Object more = channel.readOutbound();
        assertThat(more).isNull();
    }
}
