package io.mysqlproxy.wire.packet;

import static io.mysqlproxy.wire.Capabilities.PROTOCOL_41;
import static io.mysqlproxy.wire.Capabilities.SESSION_TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatusPacketsTest {
    private static final Capabilities PLAIN = new Capabilities(PROTOCOL_41);
    private static final Capabilities TRACK = new Capabilities(PROTOCOL_41 | SESSION_TRACK);

    @RegisterExtension
    final Buffers buffers = new Buffers();

    @Test
    @Tag("W-28")
    void infoIsMissingPlainOrLengthEncoded() {
        assertThat(ok("00 00 00 02 00 00 00", TRACK).info()).isEqualTo(ByteString.EMPTY);
        assertThat(ok("00 00 00 02 00 00 00 02 68 69", TRACK).info()).isEqualTo(ByteString.of("hi"));
        // what the manual says, and what servers do
        assertThat(ok("00 00 00 02 00 00 00 68 69", PLAIN).info()).isEqualTo(ByteString.of("hi"));
        assertThat(ok("00 00 00 02 00 00 00 02 68 69", PLAIN).info()).isEqualTo(ByteString.of("hi"));
        assertThat(written(out -> new Ok(0, 0, 2, 0).write(out, TRACK))).isEqualTo("0000000200000000");
        assertThat(written(out -> new Ok(0, 0, 2, 0).write(out, PLAIN))).isEqualTo("00000002000000");
    }

    @Test
    @Tag("W-29")
    void findsTheSchemaAmongTheChangesAndSkipsUnknownTypes() {
        Ok ok = ok("""
                00 00 00 02 40 00 00  00
                19
                   00 07  01 61 04 6c 6f 6e 67   |a variable
                   09 03  ff ff ff               |unknown
                   01 03  02 64 62               |schema db
                   02 01  31
                   05 01  54""", TRACK);
        assertThat(ok.changes()).extracting(Ok.Change::type).containsExactly(0, 9, 1, 2, 5);
        assertThat(ok.schemaChange()).contains(ByteString.of("db"));
    }

    @Test
    void noSchemaIsAChangeToo() {
        assertThat(ok("00 00 00 02 40 00 00 00 03 01 01 00", TRACK).schemaChange())
                .contains(ByteString.EMPTY);
        assertThat(ok("00 00 00 02 00 00 00 00", TRACK).schemaChange()).isEmpty();
    }

    @Test
    void malformedChangesAreThePeersFault() {
        Ok ok = ok("00 00 00 02 40 00 00 00 03 01 05 00", TRACK);
        assertThatThrownBy(ok::changes).isInstanceOf(ProtocolException.class);
    }

    @Test
    void whoDoesNotTrackIsNotToldOfChanges() {
        Ok ok = ok("00 00 00 02 40 00 00 00 03 01 01 00", TRACK);
        assertThat(written(out -> ok.write(out, PLAIN))).isEqualTo("00000002000000");
        assertThat(written(out -> ok.write(out, TRACK))).isEqualTo("0000000240000000" + "03010100");
    }

    @Test
    void countsAreUnsigned() {
        assertThat(ok("00 fe ff ff ff ff ff ff ff ff 00 02 00 00 00", PLAIN).affectedRows())
                .isEqualTo(-1);
    }

    @Test
    void otherHeadersAreNoOk() {
        assertThatThrownBy(() -> ok("01 00 00 02 00 00 00", PLAIN)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void errorsComeWithAndWithoutState() {
        Err with = read("ff 15 04 23 32 38 30 30 30 6e 6f", Err::read);
        Err without = read("ff 15 04 6e 6f", Err::read);
        assertThat(with).isEqualTo(new Err(1045, "28000", "no"));
        assertThat(without).isEqualTo(new Err(1045, null, "no"));
        assertThat(written(with::write)).isEqualTo("ff15042332383030306e6f");
        assertThat(written(with.withoutState()::write)).isEqualTo("ff15046e6f");
    }

    @Test
    void aStateHasFiveCharacters() {
        assertThatThrownBy(() -> new Err(1, "123", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("ff 15 04 23 32 38", Err::read)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void eofMayBeItsHeaderAlone() {
        assertThat(read("fe", Eof::read)).isEqualTo(new Eof(0, 0));
        assertThat(read("fe 01 00 02 00", Eof::read)).isEqualTo(new Eof(1, 2));
        assertThatThrownBy(() -> read("fe 01 00", Eof::read)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aSwitchMayBeItsHeaderAloneAndItsDataMayHoldNuls() {
        assertThat(read("fe", AuthSwitch::read).plugin()).isEqualTo(AuthSwitch.OLD_PASSWORD);
        AuthSwitch read = read("fe 70 00 01 00 02 00", AuthSwitch::read);
        assertThat(read).isEqualTo(new AuthSwitch("p", ByteString.of("\1\0\2\0")));
    }

    private Ok ok(String hex, Capabilities capabilities) {
        return read(hex, in -> Ok.read(in, capabilities));
    }

    private <T> T read(String hex, Function<ByteBuf, T> reader) {
        ByteBuf payload = buffers.hex(hex);
        try {
            return reader.apply(payload);
        } finally {
            payload.release();
        }
    }

    private String written(Consumer<ByteBuf> writer) {
        ByteBuf out = buffers.of();
        writer.accept(out);
        return Buffers.drain(out);
    }
}
