package io.mysqlproxy.core.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.script.AnswerFault;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.TextRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** lua-api.md 5, J-10, J-11. */
class ResultReaderTest {
    private static final ColumnDefinition F = ColumnDefinition.of(ByteString.of("f"), 254);

    private static Answer.Result read(Map<String, Object> resultset) {
        try {
            return (Answer.Result) new ResultReader(FakeRef.of(resultset)).read();
        } catch (AnswerException | ScriptException e) {
            throw new AssertionError(e);
        }
    }

    private static AnswerFault fault(Map<String, Object> resultset) {
        try {
            new ResultReader(FakeRef.of(resultset)).read();
            return null;
        } catch (AnswerException e) {
            return e.fault();
        } catch (ScriptException e) {
            throw new AssertionError(e);
        }
    }

    private static TextRow row(String... cells) {
        return new TextRow(Arrays.stream(cells)
                .map(c -> c == null ? null : ByteString.of(c))
                .toList());
    }

    @Test
    void fieldsAndRows() {
        assertThat(read(Map.of(
                        "fields",
                        List.of(Map.of("name", "f", "type", 254)),
                        "rows",
                        List.of(List.of("x"), List.of("y")))))
                .isEqualTo(new Answer.Result(List.of(F), List.of(row("x"), row("y")), 2, 0));
    }

    @Test
    void noRowsAreFine() {
        assertThat(read(Map.of("fields", List.of(Map.of("name", "f")), "rows", List.of())))
                .isEqualTo(new Answer.Result(List.of(F), List.of(), 2, 0));
    }

    @Test
    void theFormsOfAField() {
        List<Object> fields = List.of(List.of("a", 3), List.of("b"), "c", Map.of("name", "d", "type", 259), Map.of());
        assertThat(read(Map.of("fields", fields, "rows", List.of())).columns())
                .containsExactly(
                        ColumnDefinition.of(ByteString.of("a"), 3),
                        ColumnDefinition.of(ByteString.of("b"), 254),
                        ColumnDefinition.of(ByteString.of("c"), 254),
                        ColumnDefinition.of(ByteString.of("d"), 3),
                        ColumnDefinition.of(ByteString.of("no-field-name"), 254));
    }

    @Test
    void theOptionalKeysOfAField() {
        Map<String, Object> field = Map.of(
                "name",
                "n",
                "org_name",
                "on",
                "table",
                "t",
                "org_table",
                "ot",
                "db",
                "d",
                "charset",
                45,
                "length",
                99,
                "flags",
                1,
                "decimals",
                4);
        assertThat(read(Map.of("fields", List.of(field), "rows", List.of())).columns())
                .containsExactly(new ColumnDefinition(
                        ByteString.of("def"),
                        ByteString.of("d"),
                        ByteString.of("t"),
                        ByteString.of("ot"),
                        ByteString.of("n"),
                        ByteString.of("on"),
                        45,
                        99,
                        254,
                        1,
                        4));
    }

    @Test
    void shortRowsArePaddedAndLongOnesCut() {
        List<Object> rows = List.of(List.of("1"), List.of(), List.of("1", 2, "3"), Arrays.asList(null, "2"));
        assertThat(read(Map.of("fields", List.of("a", "b"), "rows", rows)).rows())
                .containsExactly(row("1", null), row(null, null), row("1", "2"), row(null, "2"));
    }

    @Test
    void bytesAreKeptWhole() {
        assertThat(read(Map.of("fields", List.of("a\0b"), "rows", List.of(List.of("x\0y")))))
                .isEqualTo(new Answer.Result(
                        List.of(ColumnDefinition.of(ByteString.of("a\0b"), 254)), List.of(row("x\0y")), 2, 0));
    }

    @Test
    void theClosingPacket() {
        Map<String, Object> plain = Map.of("fields", List.of("f"), "rows", List.of());
        assertThat(read(plain).status()).isEqualTo(2);
        assertThat(read(with(plain, "warning_count", 3)).warnings()).isEqualTo(3);
        assertThat(read(with(plain, "flags", Map.of())).status()).isZero();
        assertThat(read(with(plain, "flags", Map.of("in_trans", true))).status())
                .isEqualTo(0x01);
        assertThat(read(with(plain, "flags", Map.of("auto_commit", true))).status())
                .isEqualTo(0x02);
        assertThat(read(with(plain, "flags", Map.of("no_good_index_used", true)))
                        .status())
                .isEqualTo(0x10);
        assertThat(read(with(plain, "flags", Map.of("no_index_used", true, "in_trans", false)))
                        .status())
                .isEqualTo(0x20);
    }

    private static Map<String, Object> with(Map<String, Object> plain, String key, Object value) {
        Map<String, Object> more = new HashMap<>(plain);
        more.put(key, value);
        return more;
    }

    @Test
    void shapesThatCannotBeSent() {
        List<Object> none = List.of();
        List<Object> f = List.of("f");
        assertThat(fault(Map.of("rows", none))).isEqualTo(AnswerFault.BAD_FIELDS);
        assertThat(fault(Map.of("fields", "f", "rows", none))).isEqualTo(AnswerFault.BAD_FIELDS);
        assertThat(fault(Map.of("fields", none, "rows", none))).isEqualTo(AnswerFault.NO_FIELDS);
        assertThat(fault(Map.of("fields", List.of("f", 5), "rows", none))).isEqualTo(AnswerFault.BAD_FIELDS);
        assertThat(fault(Map.of("fields", f))).isEqualTo(AnswerFault.BAD_ROWS);
        assertThat(fault(Map.of("fields", f, "rows", "x"))).isEqualTo(AnswerFault.BAD_ROWS);
        assertThat(fault(Map.of("fields", f, "rows", List.of(List.of(), "x")))).isEqualTo(AnswerFault.BAD_ROWS);
        assertThat(fault(Map.of("fields", f, "rows", List.of(Map.of("f", "x")))))
                .isEqualTo(AnswerFault.BAD_ROWS);
    }
}
