package io.mysqlproxy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WireTest {
    private final Buffers buffers = new Buffers();

    @Property
    void lenencIntegersRoundTrip(@ForAll long value) {
        assertRoundTrip(value);
    }

    @Property
    void smallLenencIntegersRoundTrip(@ForAll short value) {
        assertRoundTrip(value & 0xFFFF);
    }

    private void assertRoundTrip(long value) {
        ByteBuf buffer = buffers.of();
        Wire.writeLenencInt(buffer, value);
        assertThat(Wire.readLenencInt(buffer)).isEqualTo(value);
        assertThat(buffer.isReadable()).isFalse();
        buffer.release();
        buffers.close();
    }

    @Property
    void stringsRoundTrip(@ForAll byte[] bytes) {
        ByteString string = ByteString.of(bytes);
        ByteBuf buffer = buffers.of();
        Wire.writeLenencString(buffer, string);
        Wire.writeLenencString(buffer, null);
        Wire.writeBytes(buffer, string);
        assertThat(Wire.readLenencOrNull(buffer)).isEqualTo(string);
        assertThat(Wire.readLenencOrNull(buffer)).isNull();
        assertThat(Wire.readRestString(buffer)).isEqualTo(string);
        buffer.release();
        buffers.close();
    }

    @Example
    void lenencIntegersHaveTheirShortestForm() {
        assertWritten(250, "fa");
        assertWritten(251, "fcfb00");
        assertWritten(65535, "fcffff");
        assertWritten(65536, "fd000001");
        assertWritten(16777216, "fe0000000100000000");
        assertWritten(1L << 33, "fe0000000002000000");
        assertWritten(-1, "feffffffffffffffff");
    }

    private void assertWritten(long value, String hex) {
        ByteBuf buffer = buffers.of();
        Wire.writeLenencInt(buffer, value);
        assertThat(Buffers.drain(buffer)).isEqualTo(hex);
    }

    @Example
    void whatIsCutOffIsRefused() {
        for (String cut : new String[] {"", "fc", "fc01", "fd0000", "fe00000000000000", "fb", "ff"}) {
            refuses(cut, Wire::readLenencInt);
        }
        for (String cut : new String[] {"", "01", "05 01 02 03 04", "fe ff ff ff ff ff ff ff ff", "fd ff ff ff 00"}) {
            refuses(cut, Wire::readLenencString);
        }
        refuses("61 62", Wire::readNulString);
        refuses("", Wire::readInt1);
        refuses("00", Wire::readInt2);
        refuses("0000", Wire::readInt3);
        refuses("000000", Wire::readInt4);
        refuses("00000000000000", Wire::readInt8);
        refuses("0000", in -> Wire.readBytes(in, 3));
        refuses("0000", in -> Wire.skip(in, 3));
    }

    private void refuses(String hex, Consumer<ByteBuf> reader) {
        ByteBuf buffer = buffers.hex(hex);
        assertThatThrownBy(() -> reader.accept(buffer))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("at offset ")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
        assertThat(buffer.readerIndex()).isZero();
        buffer.release();
        buffers.close();
    }

    @Example
    void aNulWithinATerminatedStringIsOurMistake() {
        ByteBuf buffer = buffers.of();
        assertThatThrownBy(() -> Wire.writeNulString(buffer, ByteString.of("a\0b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wire.writeShortString(buffer, ByteString.of(new byte[256])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(buffer.isReadable()).isFalse();
        buffer.release();
    }
}
