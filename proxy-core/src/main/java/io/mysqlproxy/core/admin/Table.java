package io.mysqlproxy.core.admin;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.TextRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A result set that is put together row by row. */
final class Table {
    private final List<ColumnDefinition> columns = new ArrayList<>();
    private final List<TextRow> rows = new ArrayList<>();

    /** A column of whole numbers. */
    Table number(String name) {
        return column(name, ColumnType.LONG);
    }

    /** A column of numbers that may be long. */
    Table count(String name) {
        return column(name, ColumnType.LONGLONG);
    }

    /** Columns of texts. */
    Table text(String... names) {
        Arrays.stream(names).forEach(name -> column(name, ColumnType.STRING));
        return this;
    }

    private Table column(String name, int type) {
        columns.add(ColumnDefinition.of(ByteString.of(name), type));
        return this;
    }

    /** A row: a value for each column, null for NULL. */
    Table row(Object... values) {
        rows.add(new TextRow(cells(values)));
        return this;
    }

    private static List<ByteString> cells(Object[] values) {
        List<ByteString> cells = new ArrayList<>(values.length);
        Arrays.stream(values).forEach(value -> cells.add(cell(value)));
        return cells;
    }

    private static ByteString cell(Object value) {
        if (value == null) {
            return null;
        }
        return value instanceof Bytes bytes ? ByteString.of(bytes.toByteArray()) : ByteString.of(value.toString());
    }

    Answer answer() {
        return new Answer.Result(columns, rows, ServerStatus.AUTOCOMMIT, 0);
    }
}
