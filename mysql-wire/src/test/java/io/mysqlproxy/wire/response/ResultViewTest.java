package io.mysqlproxy.wire.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.wire.Buffers;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultViewTest {
    private static final String COLUMN = "03 64 65 66 00 00 00 01 61 00 0c 3f 00 01 00 00 00 08 00 00 00 00 00";
    private static final long OLD = Conversation.OLD;
    private static final long NEW = Conversation.NEW;

    @RegisterExtension
    final Buffers buffers = new Buffers();

    private final List<ByteBuf> payloads = new ArrayList<>();

    @AfterEach
    void release() {
        assertThat(payloads).allMatch(payload -> payload.readerIndex() == 0);
        payloads.forEach(ByteBuf::release);
    }

    @Test
    void textRowsOfBothEras() {
        ResultView old =
                view(OLD, false, "02", COLUMN, COLUMN, "fe 00 00 02 00", "01 31 fb", "00 01 32", "fe 00 00 02 00");
        assertThat(old.isResult()).isTrue();
        assertThat(old.columns())
                .extracting(ColumnDefinition::name)
                .containsExactly(ByteString.of("a"), ByteString.of("a"));
        assertThat(rows(old)).containsExactly("1,NULL", ",2");
        assertThat(rows(old)).hasSize(2);
        ResultView newer = view(NEW, false, "01", COLUMN, "01 31", "fe 00 00 02 00 00 00");
        assertThat(rows(newer)).containsExactly("1");
    }

    @Test
    void binaryRowsAreTexts() {
        ResultView view =
                view(NEW, true, "01", COLUMN, "00 00 ff ff ff ff ff ff ff ff", "00 04", "fe 00 00 02 00 00 00");
        assertThat(view.columns().get(0).type()).isEqualTo(ColumnType.LONGLONG);
        assertThat(rows(view)).containsExactly("-1", "NULL");
    }

    @Test
    void onlyTheFirstResultSetIsSeen() {
        ResultView view = view(
                OLD,
                false,
                "01",
                COLUMN,
                "fe 00 00 0a 00",
                "01 31",
                "fe 00 00 0a 00",
                "01",
                COLUMN,
                "fe 00 00 02 00",
                "01 32",
                "fe 00 00 02 00");
        assertThat(rows(view)).containsExactly("1");
    }

    @Test
    void rowsEndAtAnError() {
        ResultView view = view(NEW, false, "01", COLUMN, "01 31", "ff 25 05 23 37 30 31 30 30 6b");
        assertThat(rows(view)).containsExactly("1");
    }

    @Test
    void noRows() {
        assertThat(rows(view(OLD, false, "01", COLUMN, "fe 00 00 02 00", "fe 00 00 02 00")))
                .isEmpty();
        assertThat(rows(view(NEW, false, "01", COLUMN, "fe 00 00 02 00 00 00"))).isEmpty();
        assertThat(rows(view(NEW, false, "01", COLUMN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00 00 02 00 00 00",
                "ff 28 04 6d",
                "fb 61",
                "fe 00 00 02 00",
                "55 70 74 69 6d 65",
                "05",
                "fc",
                "",
                "fe ff ff ff ff ff ff ff ff"
            })
    void otherAnswersAreNoResult(String first) {
        ResultView view = view(OLD, false, first, COLUMN);
        assertThat(view.isResult()).isFalse();
        assertThat(view.columns()).isEmpty();
        assertThat(view.rows()).isExhausted();
    }

    @Test
    void nothingAtAllIsNoResult() {
        ResultView view = new ResultView(List.of(), Capabilities.NONE, false);
        assertThat(view.isResult()).isFalse();
        assertThat(view.columns()).isEmpty();
        assertThat(view.rows()).isExhausted();
    }

    @Test
    void aCorruptRowSaysSo() {
        ResultView text = view(NEW, false, "01", COLUMN, "05 31");
        ResultView binary = view(NEW, true, "01", COLUMN, "00 00 ff");
        for (ResultView view : List.of(text, binary)) {
            assertThatThrownBy(() -> view.rows().next())
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageEndingWith("row-data is invalid");
        }
    }

    @Test
    void definitionsThatCannotBeReadDoNotKeepRowsInTheTextFormBack() {
        ResultView view = view(NEW, false, "01", "03 64", "01 31");
        assertThat(view.rows().next()[0]).containsExactly('1');
        assertThatThrownBy(view::columns).isInstanceOf(ProtocolException.class);
    }

    @Test
    void behindTheLastRowThereIsNone() {
        Iterator<byte[][]> rows = view(NEW, false, "01", COLUMN).rows();
        assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
    }

    private ResultView view(long capabilities, boolean binary, String... hex) {
        List<ByteBuf> own = Stream.of(hex).map(buffers::hex).toList();
        payloads.addAll(own);
        return new ResultView(own, new Capabilities(capabilities), binary);
    }

    private static List<String> rows(ResultView view) {
        List<String> rows = new ArrayList<>();
        view.rows()
                .forEachRemaining(cells -> rows.add(String.join(
                        ",",
                        Stream.of(cells)
                                .map(cell -> cell == null
                                        ? "NULL"
                                        : ByteString.of(cell).latin1())
                                .toList())));
        return rows;
    }
}
