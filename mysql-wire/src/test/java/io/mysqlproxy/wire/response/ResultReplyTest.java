package io.mysqlproxy.wire.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Framing;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.ServerStatus;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultReplyTest {
    private static final String COLUMN = "03 64 65 66 00 00 00 01 31 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00";
    private static final long OLD = Conversation.OLD;
    private static final long NEW = Conversation.NEW;

    @RegisterExtension
    final Buffers buffers = new Buffers();

    @Test
    void countsRowsAndBytesAsScriptsKnowThem() {
        ResponseReader reader = text(OLD);
        assertThat(goesOn(reader, "02", COLUMN, COLUMN, "fe 00 00 02 00", "01 31 01 32", "01 31 01 32"))
                .isTrue();
        assertThat(ends(reader, "fe 05 00 23 00")).isTrue();
        ResponseSummary summary = reader.summary();
        assertThat(summary.rows()).isEqualTo(2);
        assertThat(summary.bytes()).isEqualTo(16);
        assertThat(summary.warnings()).isEqualTo(5);
        assertThat(summary.queryStatus()).isZero();
        assertThat(summary.has(ServerStatus.IN_TRANS | ServerStatus.AUTOCOMMIT | ServerStatus.NO_INDEX_USED))
                .isTrue();
        assertThat(summary.has(ServerStatus.NO_GOOD_INDEX_USED)).isFalse();
    }

    @Test
    void anOkTellsItsCounts() {
        ResponseReader reader = text(NEW | Capabilities.SESSION_TRACK);
        assertThat(ends(reader, "00 02 0a 02 40 03 00 00 05 01 03 02 64 62")).isTrue();
        assertThat(reader.summary().affectedRows()).isEqualTo(2);
        assertThat(reader.summary().insertId()).isEqualTo(10);
        assertThat(reader.summary().warnings()).isEqualTo(3);
        assertThat(reader.summary().schema()).contains(ByteString.of("db"));
    }

    @Test
    void anErrorAtTheStartIsTheQueryStatus() {
        ResponseReader reader = text(NEW);
        assertThat(ends(reader, "ff 28 04 23 34 32 30 30 30 6d")).isTrue();
        assertThat(reader.summary().queryStatus()).isEqualTo(255);
        assertThat(reader.summary().status()).isZero();
    }

    @Test
    void anErrorAmongRowsIsNot() {
        ResponseReader reader = text(OLD);
        goesOn(reader, "01", COLUMN, "fe 00 00 02 00", "01 31");
        assertThat(ends(reader, "ff 25 05 23 37 30 31 30 30 6b")).isTrue();
        assertThat(reader.summary().queryStatus()).isZero();
        assertThat(reader.summary().kind()).isEqualTo(ResponseSummary.Kind.ERR);
        assertThat(reader.summary().status()).isZero();
    }

    @Test
    void aRequestForAFileSuspendsTheResponse() {
        ResponseReader reader = text(NEW);
        assertThat(ends(reader, "fb 2f 74 6d 70")).isTrue();
        assertThat(reader.wantsLocalInfile()).isTrue();
        assertThat(reader.summary().queryStatus()).isEqualTo(ResponseSummary.ABSENT);
        ResponseReader rest = text(NEW);
        assertThat(goesOn(rest, "00 01 00 0a 00 00 00")).isTrue();
        assertThat(ends(rest, "00 00 00 02 00 00 00")).isTrue();
    }

    @Test
    void outParametersKeepTheirFirstStatus() {
        ResponseReader reader = binary(OLD);
        goesOn(reader, "01", COLUMN, "fe 00 00 0a 10", "00 00 01 00 00 00 00 00 00 00", "fe 00 00 02 00");
        assertThat(reader.summary().has(ServerStatus.PS_OUT_PARAMS | ServerStatus.MORE_RESULTS_EXISTS))
                .isTrue();
        assertThat(ends(reader, "00 00 00 02 00 00 00")).isTrue();
        assertThat(reader.summary().status()).isEqualTo(ServerStatus.AUTOCOMMIT);
    }

    @Test
    void aCursorFlagEndsNothingInTheTextProtocol() {
        assertThat(goesOn(text(OLD), "01", COLUMN, "fe 00 00 42 00", "01 31")).isTrue();
    }

    @Test
    void anEofOfOneByteIsAccepted() {
        ResponseReader reader = text(OLD);
        assertThat(goesOn(reader, "01", COLUMN, "fe", "01 31")).isTrue();
        assertThat(ends(reader, "fe")).isTrue();
    }

    @ParameterizedTest
    @Tag("W-25")
    @ValueSource(longs = {Conversation.OLD, Conversation.NEW})
    void aRowThatBeginsLikeAnEndIsARow(long capabilities) {
        ResponseReader reader = text(capabilities);
        goesOn(reader, "01", COLUMN, capabilities == OLD ? "fe 00 00 02 00" : "01 31");
        long before = reader.summary().rows();
        ByteBuf row = buffers.allocator().buffer(Packet.MAX_PAYLOAD + 9);
        row.writeByte(0xFE).writeLongLE(Packet.MAX_PAYLOAD).writeZero(Packet.MAX_PAYLOAD);
        assertThat(reader.needs(0xFE, Packet.MAX_PAYLOAD)).isOne();
        assertThat(accept(reader, row)).isFalse();
        assertThat(reader.summary().rows() - before).isOne();
        assertThat(ends(reader, capabilities == OLD ? "fe 00 00 02 00" : "fe 00 00 02 00 00 00"))
                .isTrue();
        assertThat(reader.summary().bytes()).isGreaterThanOrEqualTo(Packet.MAX_PAYLOAD + 9 + 8);
    }

    @Test
    @Tag("W-25")
    void anEndMayCarryMoreThanAnEofHolds() {
        ResponseReader reader = text(Conversation.TRACK);
        goesOn(reader, "01", COLUMN, "01 31");
        assertThat(ends(reader, "fe 00 00 02 40 00 00 04 69 6e 66 6f 05 01 03 02 64 62"))
                .isTrue();
        assertThat(reader.summary().rows()).isOne();
    }

    @Test
    @Tag("W-26")
    void endsOfTheOtherEraAreSurvived() {
        ResponseReader newer = text(NEW);
        goesOn(newer, "01", COLUMN, "fe 00 00 02 00", "01 31");
        assertThat(ends(newer, "fe 00 00 02 00")).isTrue();
        assertThat(newer.summary().rows()).isOne();
        ResponseReader older = text(OLD);
        goesOn(older, "01", COLUMN, "01 31");
        assertThat(ends(older, "fe 00 00 02 00 00 00")).isTrue();
        assertThat(older.summary().rows()).isOne();
        ResponseReader empty = text(OLD);
        goesOn(empty, "01", COLUMN);
        assertThat(ends(empty, "fe 00 00 02 00 00 00")).isTrue();
    }

    @Test
    @Tag("W-31")
    void aProgressReportIsNoEnd() {
        ResponseReader reader = text(OLD);
        String report = "ff ff ff 01 01 02 10 27 00 04 63 6f 70 79";
        assertThat(goesOn(reader, report, "01", COLUMN, "fe 00 00 02 00", report))
                .isTrue();
        assertThat(reader.summary().rows()).isZero();
        assertThat(ends(reader, "fe 00 00 02 00")).isTrue();
        assertThat(reader.summary().queryStatus()).isZero();
    }

    /** A statement can SIGNAL any number. */
    @Test
    @Tag("W-31")
    void anErrorWithTheNumberOfProgressReportsIsTheEnd() {
        String error = "ff ff ff 23 34 35 30 30 30 6d";
        ResponseReader first = text(OLD);
        assertThat(ends(first, error)).isTrue();
        assertThat(first.summary().queryStatus()).isEqualTo(0xFF);
        ResponseReader amongRows = text(NEW);
        goesOn(amongRows, "01", COLUMN, "01 31");
        assertThat(ends(amongRows, error)).isTrue();
        assertThat(ends(text(OLD & ~Capabilities.PROTOCOL_41), "ff ff ff 23 34"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "fe 00 00 02 00, an end first",
        "'', an empty packet first",
        "fd 01 00, a cut column count",
        "01 01, a column count that goes on",
        "fc 00 00, no columns",
        "41 41 41 41 41 41 41 41 41 41 41, text",
        "00 00, a cut OK"
    })
    void otherFirstPacketsAreRefused(String hex, String why) {
        refuses(text(OLD), hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "fb", "ff 01 00", "fe 00 00 02 00"})
    void otherDefinitionsAreRefused(String hex) {
        ResponseReader reader = text(OLD);
        goesOn(reader, "02", COLUMN);
        refuses(reader, hex);
    }

    @Test
    void otherRowsAreRefused() {
        ResponseReader text = text(NEW);
        goesOn(text, "01", COLUMN);
        refuses(text, "");
        ResponseReader binary = binary(NEW);
        goesOn(binary, "01", COLUMN);
        refuses(binary, "01 31");
    }

    @Test
    void nothingMayFollowTheEnd() {
        ResponseReader reader = text(OLD);
        ends(reader, "00 00 00 02 00 00 00");
        refuses(reader, "00 00 00 02 00 00 00");
    }

    @Test
    void whatHasToBeLookedAtIsBounded() {
        assertThatThrownBy(() -> text(NEW).needs(0x00, 0xFFFFFF)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> text(NEW).needs(0xFF, 0x10001)).isInstanceOf(ProtocolException.class);
        assertThat(text(NEW).needs(0x00, 0xFFFFFE)).isEqualTo(0xFFFFFE);
        assertThat(text(NEW).needs(0xFF, 0x10000)).isEqualTo(0x10000);
    }

    @Test
    @Tag("W-33")
    void aLongRowIsNotHeldBack() {
        ResponseReader reader = text(NEW);
        goesOn(reader, "01", COLUMN);
        Framing framing = new Framing(buffers.allocator());
        framing.feed(buffers.hex("00 00 20 00 fd 00"));
        assertThat(Buffers.drain(framing.run(reader, 0))).isEqualTo("00002000fd00");
        assertThat(framing.bytes()).isZero();
        assertThat(reader.summary().bytes()).isEqualTo(0x200004);
        framing.release();
    }

    private ResponseReader text(long capabilities) {
        return Command.COM_QUERY.reader(new Capabilities(capabilities));
    }

    private ResponseReader binary(long capabilities) {
        return Command.COM_STMT_EXECUTE.reader(new Capabilities(capabilities));
    }

    private boolean goesOn(ResponseReader reader, String... payloads) {
        for (String payload : payloads) {
            if (ends(reader, payload)) {
                return false;
            }
        }
        return true;
    }

    private boolean ends(ResponseReader reader, String payload) {
        return accept(reader, buffers.hex(payload));
    }

    private boolean accept(ResponseReader reader, ByteBuf payload) {
        AtomicBoolean ended = new AtomicBoolean();
        Packet.write(buffers.allocator(), payload, 0, frame -> {
            Packet packet = Packet.of(frame);
            ended.set(reader.accept(packet));
            packet.release();
        });
        return ended.get();
    }

    private void refuses(ResponseReader reader, String payload) {
        Packet packet = Packet.of(frame(payload));
        assertThatThrownBy(() -> reader.accept(packet)).isInstanceOf(ProtocolException.class);
        packet.release();
    }

    private ByteBuf frame(String payload) {
        byte[] bytes = Buffers.bytes(payload);
        return buffers.allocator()
                .buffer()
                .writeMediumLE(bytes.length)
                .writeByte(1)
                .writeBytes(bytes);
    }
}
