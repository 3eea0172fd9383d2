package io.mysqlproxy.wire.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Framing;
import io.mysqlproxy.wire.Packet;
import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every response that another leg would have got in another form, and both ways of translating it. */
class ResponseTranslatorTest {
    private static final long[] LAYOUTS = {
        Conversation.OLD, Conversation.OLD | Capabilities.SESSION_TRACK, Conversation.NEW, Conversation.TRACK
    };

    @RegisterExtension
    final Buffers buffers = new Buffers();

    static Stream<Arguments> everyResponseForEveryLeg() {
        return Conversation.all()
                .flatMap(c -> java.util.Arrays.stream(LAYOUTS).mapToObj(to -> Arguments.of(c, new Capabilities(to))));
    }

    @ParameterizedTest
    @MethodSource("everyResponseForEveryLeg")
    void theOtherLegReadsTheSame(Conversation conversation, Capabilities to) {
        ResponseReader reader = conversation.reader();
        Recorder out = new Recorder();
        packetByPacket(conversation, new ResponseTranslator(reader, to), out);
        Recorder run = new Recorder();
        inRuns(conversation, new ResponseTranslator(conversation.reader(), to), run);
        assertThat(run.hex.toString()).isEqualTo(out.hex.toString());

        ResponseSummary said = reader.summary();
        ResponseSummary heard = out.read(conversation.command().reader(to));
        assertThat(heard.kind()).isEqualTo(said.kind());
        assertThat(heard.rows()).isEqualTo(said.rows());
        assertThat(heard.warnings()).isEqualTo(said.warnings());
        assertThat(heard.affectedRows()).isEqualTo(said.affectedRows());
        assertThat(heard.status() & 0xBFFF & ~0x1000).isEqualTo(said.status() & 0xBFFF & ~0x1000);
    }

    /** What one server says in both eras must translate into each other, to the byte (W-27). */
    @ParameterizedTest
    @MethodSource("pairs")
    void erasTranslateIntoEachOther(String old, String today) {
        Conversation first = named(old);
        Conversation second = named(today);
        Recorder toNew = new Recorder();
        packetByPacket(first, new ResponseTranslator(first.reader(), new Capabilities(second.capabilities())), toNew);
        assertThat(toNew.hex.toString()).isEqualTo(payloads(second));
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of("no rows, old", "no rows, new"),
                Arguments.of("cursor, old", "cursor, new"),
                Arguments.of("cursor, new", "cursor, old"),
                Arguments.of("prepare both, old", "prepare both, new"),
                Arguments.of("prepare both, new", "prepare both, old"),
                Arguments.of("field list, old", "field list, new"),
                Arguments.of("field list, new", "field list, old"),
                Arguments.of("no rows, new", "no rows, old"));
    }

    private static Conversation named(String name) {
        return Conversation.all().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    private String payloads(Conversation conversation) {
        Framing framing = new Framing(buffers.allocator());
        framing.feed(buffers.of(conversation.bytes()));
        Recorder out = new Recorder();
        for (Packet p = framing.next(); p != null; p = framing.next()) {
            out.forward(p);
        }
        framing.release();
        return out.hex.toString();
    }

    private void packetByPacket(Conversation conversation, ResponseTranslator translator, Recorder out) {
        Framing framing = new Framing(buffers.allocator());
        framing.feed(buffers.of(conversation.bytes()));
        boolean end = false;
        for (Packet p = framing.next(); p != null; p = framing.next()) {
            end = translator.accept(p, buffers.allocator(), out);
            p.release();
        }
        assertThat(end).isTrue();
        framing.release();
    }

    private void inRuns(Conversation conversation, ResponseTranslator translator, Recorder out) {
        Framing framing = new Framing(buffers.allocator());
        framing.expect(1);
        boolean end = false;
        for (byte each : conversation.bytes()) {
            framing.feed(buffers.of(new byte[] {each}));
            end |= runOrNext(framing, translator, out);
        }
        assertThat(end).isTrue();
        framing.release();
    }

    private boolean runOrNext(Framing framing, ResponseTranslator translator, Recorder out) {
        ByteBuf run = framing.run(translator, 0);
        if (run != null) {
            out.bytes(run);
        }
        if (!framing.stopped()) {
            return framing.finished();
        }
        Packet p = framing.next();
        if (p == null) {
            return false;
        }
        boolean end = translator.accept(p, buffers.allocator(), out);
        p.release();
        return end;
    }

    /** Payloads only: numbering is the leg's. */
    private final class Recorder implements ResponseTranslator.Sink {
        private final StringBuilder hex = new StringBuilder();
        private final Framing runs = new Framing(buffers.allocator());

        @Override
        public void forward(Packet packet) {
            add(packet.payload());
            packet.release();
        }

        @Override
        public void send(ByteBuf payload) {
            add(payload);
            payload.release();
        }

        void bytes(ByteBuf run) {
            runs.feed(run);
            for (Packet p = runs.next(); p != null; p = runs.next()) {
                forward(p);
            }
            if (runs.bytes() == 0) {
                runs.release();
            }
        }

        private void add(ByteBuf payload) {
            byte[] bytes = new byte[payload.readableBytes()];
            payload.getBytes(payload.readerIndex(), bytes);
            hex.append(HexFormat.of().formatHex(bytes)).append('\n');
        }

        ResponseSummary read(ResponseReader reader) {
            boolean end = false;
            for (String line : hex.toString().split("\n", -1)) {
                if (!end) {
                    ByteBuf frame = buffers.allocator().buffer();
                    byte[] payload = HexFormat.of().parseHex(line);
                    frame.writeMediumLE(payload.length).writeByte(0).writeBytes(payload);
                    Packet p = Packet.of(frame);
                    end = reader.accept(p);
                    p.release();
                }
            }
            assertThat(end).isTrue();
            return reader.summary();
        }
    }
}
