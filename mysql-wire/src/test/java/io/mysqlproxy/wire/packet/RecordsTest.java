package io.mysqlproxy.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** {@code read(write(x))} is x, and no bytes whatever make a reader fail in any other way than it says. */
class RecordsTest {
    private static final Capabilities EVERYTHING = new Capabilities(0xFFFFFFFFL);

    private final Buffers buffers = new Buffers();

    @Property
    void ok(
            @ForAll long affected,
            @ForAll long insertId,
            @ForAll @IntRange(max = 0x3FFF) int status,
            @ForAll @IntRange(max = 0xFFFF) int warnings,
            @ForAll byte[] info) {
        Ok ok = new Ok(affected, insertId, status, warnings, ByteString.of(info), ByteString.EMPTY);
        assertAgain(ok, out -> ok.write(out, EVERYTHING), in -> Ok.read(in, EVERYTHING));
        assertAgain(ok, out -> ok.writeEnd(out, Capabilities.NONE), in -> Ok.read(in, Capabilities.NONE));
    }

    @Property
    void err(
            @ForAll @IntRange(max = 0xFFFF) int code,
            @ForAll @AlphaChars @StringLength(5) String state,
            @ForAll byte[] message) {
        Err err = new Err(code, state, ByteString.of(message));
        assertAgain(err, err::write, Err::read);
    }

    @Property
    void textRow(@ForAll @Size(max = 20) List<byte[]> cells, @ForAll boolean withNull) {
        ByteString[] values = cells.stream().map(ByteString::of).toArray(ByteString[]::new);
        if (withNull && values.length > 0) {
            values[values.length / 2] = null;
        }
        TextRow row = new TextRow(Arrays.asList(values));
        assertAgain(row, row::write, in -> TextRow.read(in, values.length));
    }

    @Property
    void columnDefinition(@ForAll byte[] name, @ForAll @IntRange(max = 0xFF) int type) {
        ColumnDefinition column = ColumnDefinition.of(ByteString.of(name), type);
        assertAgain(column, column::write, ColumnDefinition::read);
    }

    @Property
    void prepareOk(@ForAll @IntRange(max = 0xFFFF) int columns, @ForAll @IntRange(max = 0xFFFF) int parameters) {
        PrepareOk ok = new PrepareOk(0xFFFFFFFFL, columns, parameters, 1);
        assertAgain(ok, ok::write, PrepareOk::read);
    }

    @Property
    void garbageIsThePeersFault(@ForAll byte[] garbage, @ForAll @IntRange(max = 10) int which) {
        List<Consumer<ByteBuf>> readers = List.of(
                Greeting::read,
                in -> HandshakeResponse.read(in, EVERYTHING),
                in -> ChangeUser.read(in, EVERYTHING),
                in -> Ok.read(in, EVERYTHING).schemaChange(),
                Err::read,
                Eof::read,
                AuthSwitch::read,
                PrepareOk::read,
                ColumnDefinition::read,
                in -> TextRow.read(in, 3),
                in -> BinaryRow.read(in, List.of(ColumnDefinition.of(ByteString.EMPTY, 12))));
        int[] headers = {10, 5, 17, 0, 255, 254, 254, 0, 3, 1, 0};
        ByteBuf payload = buffers.of((byte) headers[which]).writeBytes(garbage);
        try {
            readers.get(which).accept(payload);
        } catch (ProtocolException e) {
            assertThat(e).hasMessageContaining(" ");
        }
        payload.release();
        buffers.close();
    }

    private <T> void assertAgain(T record, Consumer<ByteBuf> writer, Function<ByteBuf, T> reader) {
        ByteBuf out = buffers.of();
        writer.accept(out);
        Object read = reader.apply(out);
        assertThat(read).isEqualTo(record);
        assertThat(out.isReadable()).isFalse();
        out.release();
        buffers.close();
    }
}
