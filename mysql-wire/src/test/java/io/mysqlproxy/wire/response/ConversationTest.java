package io.mysqlproxy.wire.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.Framing;
import io.mysqlproxy.wire.Packet;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every response, in every way TCP may cut it: what comes out is what went in, and it ends where it ends. */
class ConversationTest {
    private static final String NEXT_RESPONSE = "070000010000000200";

    @RegisterExtension
    final Buffers buffers = new Buffers();

    private Framing framing;
    private final ByteBuf passed = buffers.allocator().buffer();

    @BeforeEach
    void open() {
        framing = new Framing(buffers.allocator());
        framing.expect(1);
    }

    @AfterEach
    void close() {
        framing.release();
        passed.release();
    }

    @ParameterizedTest
    @MethodSource("io.mysqlproxy.wire.response.Conversation#all")
    void packetByPacket(Conversation conversation) {
        ResponseReader reader = conversation.reader();
        framing.feed(buffers.of(conversation.bytes()));
        boolean ended = false;
        for (Packet packet = framing.next(); packet != null; packet = framing.next()) {
            assertThat(ended).as("goes on").isFalse();
            ended = reader.accept(packet);
            packet.release();
        }
        assertThat(ended).as("ended").isTrue();
        check(conversation, reader);
    }

    @ParameterizedTest
    @MethodSource("io.mysqlproxy.wire.response.Conversation#all")
    void atOnce(Conversation conversation) {
        replay(conversation, () -> Integer.MAX_VALUE, 0);
    }

    @ParameterizedTest
    @MethodSource("io.mysqlproxy.wire.response.Conversation#all")
    void byteByByte(Conversation conversation) {
        replay(conversation, () -> 1, 0);
    }

    @ParameterizedTest
    @MethodSource("io.mysqlproxy.wire.response.Conversation#all")
    void cutAnywhere(Conversation conversation) {
        Random random = new Random(conversation.hex().hashCode());
        for (int i = 0; i < 50; i++) {
            replay(conversation, () -> 1 + random.nextInt(12), 0);
            open();
            passed.clear();
        }
    }

    @ParameterizedTest
    @MethodSource("io.mysqlproxy.wire.response.Conversation#all")
    void renumbered(Conversation conversation) {
        replay(conversation, () -> 3, 5);
    }

    /** Feeds a response and the beginning of the next one; only the response may come out. */
    private void replay(Conversation conversation, IntSupplier cut, int offset) {
        byte[] stream = HexFormat.of().parseHex(HexFormat.of().formatHex(conversation.bytes()) + NEXT_RESPONSE);
        ResponseReader reader = conversation.reader();
        boolean finished = false;
        for (int at = 0; at < stream.length; ) {
            int to = (int) Math.min(stream.length, (long) at + cut.getAsInt());
            framing.feed(buffers.of(Arrays.copyOfRange(stream, at, to)));
            at = to;
            if (!finished) {
                pass(framing.run(reader, offset));
                finished = framing.finished();
                assertThat(finished).isEqualTo(at >= conversation.bytes().length);
            }
        }
        assertThat(ByteBufs.hex(passed)).isEqualTo(ByteBufs.renumbered(conversation.bytes(), offset));
        assertThat(Buffers.drain(framing.drain())).isEqualTo(NEXT_RESPONSE);
        check(conversation, reader);
    }

    private void pass(ByteBuf run) {
        if (run != null) {
            passed.writeBytes(run);
            run.release();
        }
    }

    private void check(Conversation conversation, ResponseReader reader) {
        assertThat(reader.complete()).isTrue();
        assertThat(reader.summary().kind()).isEqualTo(conversation.kind());
        assertThat(reader.summary().rows()).isEqualTo(conversation.rows());
    }

    private static final class ByteBufs {
        static String hex(ByteBuf buffer) {
            return HexFormat.of().formatHex(buffer.array(), 0, buffer.writerIndex());
        }

        static String renumbered(byte[] frames, int offset) {
            byte[] copy = frames.clone();
            for (int at = 0; at < copy.length; at += Packet.HEADER + (copy[at] & 0xFF)) {
                copy[at + 3] += (byte) offset;
            }
            return HexFormat.of().formatHex(copy);
        }
    }
}
