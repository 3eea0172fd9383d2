package io.mysqlproxy.core.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W-37")
class FrameCodecTest {
    private static final int AT = 7;

    @Test
    void zlibIsUsedIfBothWereAgreedOn() {
        long both = Capabilities.COMPRESS | Capabilities.ZSTD_COMPRESSION_ALGORITHM;
        assertThat(FrameCodec.of(new Capabilities(both), 3)).isInstanceOf(ZlibFrames.class);
        assertThat(FrameCodec.of(Capabilities.NONE, 3)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {Capabilities.COMPRESS, Capabilities.ZSTD_COMPRESSION_ALGORITHM})
    void whatGetsSmallerReadsBackAndNothingElseIsCompressed(long flag) {
        try (FrameCodec codec = FrameCodec.of(new Capabilities(flag), 3)) {
            byte[] plain = new byte[100_000];
            byte[] frame = compressed(codec, plain);
            assertThat(frame.length).isBetween(1, 1000);
            byte[] back = new byte[AT + plain.length];
            codec.decompress(frame, back, AT, plain.length);
            assertThat(Arrays.copyOfRange(back, AT, back.length)).isEqualTo(plain);
            byte[] random = new byte[1000];
            new Random(1).nextBytes(random);
            assertThat(compressed(codec, random)).isEmpty();
        }
    }

    /** A frame that would fill more than it says is the bomb that the limit is there for. */
    @ParameterizedTest
    @ValueSource(longs = {Capabilities.COMPRESS, Capabilities.ZSTD_COMPRESSION_ALGORITHM})
    void framesThatLieAreRefused(long flag) {
        try (FrameCodec codec = FrameCodec.of(new Capabilities(flag), 3)) {
            byte[] frame = compressed(codec, new byte[1 << 20]);
            for (int length : new int[] {1, 1000, (1 << 20) - 1, (1 << 20) + 1}) {
                assertThatThrownBy(() -> codec.decompress(frame, new byte[length], 0, length))
                        .isInstanceOf(ProtocolException.class)
                        .hasMessageStartingWith("a compressed frame");
            }
            assertThatThrownBy(() -> codec.decompress(Arrays.copyOf(frame, 9), new byte[1 << 20], 0, 1 << 20))
                    .isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> codec.decompress(new byte[] {1, 2, 3}, new byte[10], 0, 10))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    private static byte[] compressed(FrameCodec codec, byte[] plain) {
        byte[] out = new byte[AT + plain.length];
        int length = codec.compress(plain, out, AT);
        return Arrays.copyOfRange(out, AT, AT + length);
    }
}
