package io.mysqlproxy.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W-44")
class KillStatementTest {
    private static final Capabilities PLAIN = new Capabilities(Capabilities.PROTOCOL_41);
    private static final Capabilities ATTRIBUTES = PLAIN.with(Capabilities.QUERY_ATTRIBUTES);

    private static Packet packet(String latin1) {
        byte[] payload = latin1.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf frame =
                Unpooled.buffer().writeMediumLE(payload.length).writeByte(0).writeBytes(payload);
        return Packet.of(frame);
    }

    private static KillStatement read(String sql) {
        return KillStatement.of(packet("\3" + sql), PLAIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KILL 5 | KILL 9",
                "kill query 5 | KILL QUERY 9",
                "Kill Connection 5; | KILL CONNECTION 9",
                "KILL HARD 5 | KILL HARD 9",
                "KILL SOFT QUERY 5 | KILL SOFT QUERY 9",
                "/* by hand */ kill/**/query/***/ 5 -- now | KILL QUERY 9",
            })
    void whatKills(String sql, String other) {
        KillStatement kill = read(sql);
        assertThat(kill.id()).isEqualTo(5);
        assertThat(kill.text(9)).isEqualTo(other);
        assertThat(kill.isQuery()).isEqualTo(other.contains("QUERY"));
    }

    @Test
    void linesAndLineComments() {
        assertThat(read("\n\t# first\n-- second\nKILL\n5\n").id()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "KILL",
                "KILL USER bob",
                "KILL QUERY ID 5",
                "KILL @x",
                "KILL 5 + 1",
                "KILL5",
                "KILL -5",
                "SKILL 5",
                "KILL 5; SELECT 1",
                "/*! KILL 5 */",
                "KILL 99999999999999999999",
                "-KILL 5",
                "KILL QUERY CONNECTION 5"
            })
    void whatDoesNot(String sql) {
        assertThat(read(sql)).isNull();
    }

    @Test
    void manyStarsAreReadInNoTime() {
        assertThat(read("/*" + "*".repeat(250) + " " + "/*".repeat(100))).isNull();
        assertThat(read("/**/ ".repeat(100))).isNull();
    }

    @Test
    void theCommand() {
        KillStatement kill = KillStatement.of(packet("\14\5\0\0\0"), PLAIN);
        assertThat(kill.id()).isEqualTo(5);
        assertThat(kill.isQuery()).isFalse();
        assertThat(kill.payload(0x01020304, PLAIN).toString(StandardCharsets.ISO_8859_1))
                .isEqualTo("\14\4\3\2\1");
    }

    @Test
    void behindQueryAttributes() {
        assertThat(KillStatement.of(packet("\3\0\1KILL 5"), ATTRIBUTES).id()).isEqualTo(5);
        // one, called a, of the type string
        assertThat(KillStatement.of(packet("\3\1\1\0\1\375\0\1a\1xKILL QUERY 5"), ATTRIBUTES)
                        .id())
                .isEqualTo(5);
        assertThat(KillStatement.of(packet("\3\7"), ATTRIBUTES)).isNull();
        assertThat(read("KILL QUERY 5").payload(9, ATTRIBUTES).toString(StandardCharsets.ISO_8859_1))
                .isEqualTo("\3\0\1KILL QUERY 9");
    }
}
