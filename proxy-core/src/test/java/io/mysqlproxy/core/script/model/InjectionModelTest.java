package io.mysqlproxy.core.script.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.query.InjectionQueue;
import io.mysqlproxy.core.query.Slabs;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.ResponseReader;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The argument of {@code read_query_result} and its result: lua-api.md 3.8. */
class InjectionModelTest {
    private static final String COLUMN = "03 'def' 00 00 00 01 'x' 00 0c 3f 00 01 00 00 00 08 81 00 00 00 00";
    private static final String TWO_ROWS = """
            1: 02
            2: %s
            3: %s
            4: fe 00 00 02 00
            5: 01 '1' 01 '2'
            6: fb 01 '2'
            7: fe 03 00 21 00""".formatted(COLUMN, COLUMN);

    private long nanos;

    /** An injection that was answered. */
    private Look answered(String query, boolean buffered, String frames) {
        InjectionQueue queue = new InjectionQueue(() -> nanos);
        queue.append(5, Bytes.of(Frames.payload(query)), buffered);
        Injection injection = queue.poll();
        Command command = Command.of(Frames.payload(query)[0] & 0xFF);
        Capabilities capabilities = new Capabilities(Capabilities.PROTOCOL_41);
        ResponseReader reader = command.reader(capabilities);
        List<byte[]> packets = Frames.of(frames);
        nanos += 10_000;
        for (byte[] frame : packets) {
            injection.answering();
            reader.accept(Packet.of(Unpooled.wrappedBuffer(frame)));
            nanos += 1000;
        }
        Slabs held = new Slabs();
        packets.forEach(f -> held.add(Unpooled.wrappedBuffer(f)));
        boolean binary = command.family() == Command.Family.BINARY_RESULT;
        injection.answered(
                reader.summary(), buffered ? new HeldAnswer(held, 1, packets.size() + 1, capabilities, binary) : null);
        return new Look(InjectionModel.of(injection));
    }

    private Look select(boolean buffered) {
        return answered("03 'SELECT'", buffered, TWO_ROWS);
    }

    @Test
    void whatThereIs() {
        Look injection = select(true);
        assertThat(injection.names("lua")).contains("id", "type", "query", "query_time", "response_time", "resultset");
        assertThat(injection.names("python")).doesNotContain("type");
        assertThat(injection.at("resultset").names("lua"))
                .containsExactlyInAnyOrder(
                        "fields",
                        "rows",
                        "raw",
                        "row_count",
                        "bytes",
                        "flags",
                        "warning_count",
                        "affected_rows",
                        "insert_id",
                        "query_status");
    }

    @Test
    void theInjectionItself() {
        Look injection = select(true);
        assertThat(injection.get("id")).isEqualTo(5);
        assertThat(injection.get("type")).isEqualTo(5);
        assertThat(injection.get("query")).isEqualTo(Bytes.latin1("\003SELECT"));
        assertThat(injection.get("query_time")).isEqualTo(10L);
        assertThat(injection.get("response_time")).isEqualTo(16L);
    }

    @Test
    void eachLookAtTheResultIsANewOne() {
        Look injection = select(true);
        assertThat(injection.get("resultset")).isNotEqualTo(injection.get("resultset"));
    }

    @Test
    void theNumbersOfARowSet() {
        for (boolean buffered : new boolean[] {true, false}) {
            Look result = select(buffered).at("resultset");
            assertThat(result.get("row_count")).isEqualTo(2L);
            assertThat(result.get("bytes")).isEqualTo(15L);
            assertThat(result.get("warning_count")).isEqualTo(3);
            assertThat(result.get("query_status")).isEqualTo(0);
            assertThat(result.get("affected_rows")).isNull();
            assertThat(result.get("insert_id")).isNull();
            Look flags = result.at("flags");
            assertThat(flags.object().type().isPlain()).isTrue();
            assertThat(flags.get("in_trans")).isEqualTo(true);
            assertThat(flags.get("auto_commit")).isEqualTo(false);
            assertThat(flags.get("no_good_index_used")).isEqualTo(false);
            assertThat(flags.get("no_index_used")).isEqualTo(true);
        }
    }

    @Test
    @Tag("J-38")
    void everyRowCounts() {
        Look result = answered(
                        "03 'SELECT NULL'",
                        false,
                        "1: 01\n2: " + COLUMN + "\n3: fe 00 00 02 00\n4: fb\n5: fe 00 00 02 00")
                .at("resultset");
        assertThat(result.get("row_count")).isEqualTo(1L);
        assertThat(result.get("bytes")).isEqualTo(5L);
    }

    @Test
    void theContentOfARowSet() {
        Look result = select(true).at("resultset");
        assertThat(result.get("raw")).isEqualTo(Bytes.latin1("\2"));
        assertThat(result.at("fields").size()).isEqualTo(2);
        for (int look = 0; look < 2; look++) {
            Iterator<?> rows = result.at("rows").each();
            assertThat(rows.next()).isEqualTo(List.of(Bytes.latin1("1"), Bytes.latin1("2")));
            assertThat(rows.next()).isEqualTo(Arrays.asList(null, Bytes.latin1("2")));
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void aRowThatIsCorruptRaises() {
        String corrupt = TWO_ROWS.replace("01 '1' 01 '2'", "01 '1' 09 '2'");
        Iterator<?> rows = answered("03 'SELECT'", true, corrupt)
                .at("resultset")
                .at("rows")
                .each();
        assertThatThrownBy(rows::next).isInstanceOf(HostException.class).hasMessageEndingWith("row-data is invalid");
    }

    @Test
    @Tag("J-12")
    void aField() {
        Look result = answered("03 'SELECT'", true, """
                1: 01
                2: 03 'def' 04 'shop' 01 'o' 06 'orders' 01 'n' 04 'name' 0c 2d 00 50 00 00 00 fd 01 10 02 00 00
                3: fe 00 00 02 00
                4: fe 00 00 02 00""").at("resultset");
        Look field = result.at("fields").item(0);
        assertThat(field.get("db")).isEqualTo(Bytes.latin1("shop"));
        assertThat(field.get("table")).isEqualTo(Bytes.latin1("o"));
        assertThat(field.get("org_table")).isEqualTo(Bytes.latin1("orders"));
        assertThat(field.get("name")).isEqualTo(Bytes.latin1("n"));
        assertThat(field.get("org_name")).isEqualTo(Bytes.latin1("name"));
        assertThat(field.get("charset")).isEqualTo(45);
        assertThat(field.get("length")).isEqualTo(80L);
        assertThat(field.get("type")).isEqualTo(253);
        assertThat(field.get("flags")).isEqualTo(0x1001);
        assertThat(field.get("decimals")).isEqualTo(2);
        assertThat(field.names("lua")).hasSize(10);
    }

    @Test
    void contentThatWasNotHeld() {
        Look result = select(false).at("resultset");
        for (String name : List.of("fields", "rows", "raw")) {
            assertThatThrownBy(() -> result.get(name))
                    .isInstanceOf(HostException.class)
                    .hasMessage(".resultset." + name + " isn't available if 'resultset_is_needed ~= true'");
        }
    }

    @Test
    void anOkay() {
        Look result = answered("03 'INSERT'", true, "1: 00 02 07 02 00 01 00").at("resultset");
        assertThat(result.get("affected_rows")).isEqualTo(2L);
        assertThat(result.get("insert_id")).isEqualTo(7L);
        assertThat(result.get("warning_count")).isEqualTo(1);
        assertThat(result.get("query_status")).isEqualTo(0);
        assertThat(result.get("rows")).isNull();
        assertThat(result.at("fields").size()).isZero();
        assertThat(result.at("flags").get("auto_commit")).isEqualTo(true);
    }

    @Test
    void anError() {
        Look result = answered("03 'SELEC'", true, "1: ff 28 04 '#42000no'").at("resultset");
        assertThat(result.get("query_status")).isEqualTo(255);
        assertThat(result.get("affected_rows")).isEqualTo(0L);
        assertThat(result.get("raw")).isEqualTo(Bytes.of(Frames.payload("ff 28 04 '#42000no'")));
        assertThat(result.at("flags").get("auto_commit")).isEqualTo(false);
    }

    @Test
    void aRequestForAFile() {
        Look result = answered("03 'LOAD'", true, "1: fb 'f'").at("resultset");
        assertThat(result.get("query_status")).isNull();
        assertThat(result.get("affected_rows")).isEqualTo(0L);
        assertThat(result.get("raw")).isEqualTo(Bytes.of(Frames.payload("fb 'f'")));
    }

    @Test
    void otherCommandsHaveNoNumbers() {
        Look result = answered("02 'nope'", true, "1: ff 19 04 '#42000no'").at("resultset");
        assertThat(result.get("query_status")).isEqualTo(0);
        assertThat(result.get("row_count")).isEqualTo(0L);
        assertThat(result.get("affected_rows")).isEqualTo(0L);
        assertThat(result.get("raw")).isEqualTo(Bytes.of(Frames.payload("ff 19 04 '#42000no'")));
    }

    @Test
    void textThatLooksLikeAColumnCountIsNoResult() {
        Look result = answered("09", true, "1: 'Uptime: 7'").at("resultset");
        assertThat(result.get("raw")).isEqualTo(Bytes.latin1("Uptime: 7"));
        assertThat(result.at("fields").size()).isZero();
        assertThat(result.get("rows")).isNull();
    }

    @Test
    @Tag("J-12")
    void binaryRowsReadAsText() {
        String number = COLUMN.replace("08 81", "03 00");
        Look result =
                answered("17 01 00 00 00", true, "1: 01\n2: " + number + """

                3: fe 00 00 02 00
                4: 00 00 2a 00 00 00
                5: 00 04
                6: fe 00 00 02 00""").at("resultset");
        Iterator<?> rows = result.at("rows").each();
        assertThat(rows.next()).isEqualTo(List.of(Bytes.latin1("42")));
        assertThat(rows.next()).isEqualTo(Arrays.asList((Object) null));
    }
}
