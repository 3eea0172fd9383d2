package io.mysqlproxy.core.script;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.script.AnswerFault;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.TextRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code proxy.response.resultset} (lua-api.md 5, J-10, J-11). Needs the realm's lock. */
final class ResultReader {
    private static final Logger LOG = LoggerFactory.getLogger(ResultReader.class);
    private static final Bytes NO_NAME = Bytes.latin1("no-field-name");

    private final ScriptRef resultset;

    ResultReader(ScriptRef resultset) {
        this.resultset = resultset;
    }

    Answer read() throws AnswerException, ScriptException {
        List<ColumnDefinition> columns = about(AnswerFault.BAD_FIELDS, this::columns);
        List<TextRow> rows = about(AnswerFault.BAD_ROWS, () -> rows(columns.size()));
        Long warnings = resultset.number("warning_count");
        return new Answer.Result(columns, rows, status(), warnings == null ? 0 : (int) (warnings & 0xFFFF));
    }

    /** What the script's own objects, or its language, object to is a fault of the part that is being read. */
    private static <T> T about(AnswerFault fault, Part<T> part) throws AnswerException {
        try {
            return part.read();
        } catch (ScriptException e) {
            throw new AnswerException(fault, e);
        }
    }

    private List<ColumnDefinition> columns() throws AnswerException, ScriptException {
        ScriptRef fields = resultset.child("fields");
        int size = fields == null ? -1 : fields.size();
        if (size < 0) {
            throw new AnswerException(AnswerFault.BAD_FIELDS, "proxy.response.resultset.fields is missing or no list");
        }
        if (size == 0) {
            throw new AnswerException(AnswerFault.NO_FIELDS, "proxy.response.resultset.fields is empty");
        }
        List<ColumnDefinition> columns = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ScriptRef field = fields.recordAt(i, "name", "type");
            if (field == null) {
                throw new AnswerException(
                        AnswerFault.BAD_FIELDS,
                        "proxy.response.resultset.fields: entry " + i + " (from 0) is no field");
            }
            columns.add(column(field));
        }
        return columns;
    }

    private static ColumnDefinition column(ScriptRef field) throws ScriptException {
        Bytes name = field.text("name");
        Long type = field.number("type");
        if (name == null) {
            LOG.warn("proxy.response.resultset.fields: a field without a name is sent as {}", NO_NAME);
        }
        ColumnDefinition plain = ColumnDefinition.of(
                bytes(name == null ? NO_NAME : name), type == null ? ColumnType.STRING : (int) (type & 0xFF));
        return new ColumnDefinition(
                plain.catalog(),
                text(field, "db", plain.schema()),
                text(field, "table", plain.table()),
                text(field, "org_table", plain.orgTable()),
                plain.name(),
                text(field, "org_name", plain.orgName()),
                (int) number(field, "charset", plain.charset()),
                number(field, "length", plain.length()),
                plain.type(),
                (int) number(field, "flags", plain.flags()),
                (int) number(field, "decimals", plain.decimals()));
    }

    private List<TextRow> rows(int width) throws AnswerException, ScriptException {
        ScriptRef rows = resultset.child("rows");
        int size = rows == null ? -1 : rows.size();
        if (size < 0) {
            throw new AnswerException(AnswerFault.BAD_ROWS, "proxy.response.resultset.rows is missing or no list");
        }
        List<TextRow> out = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ScriptRef row = rows.childAt(i);
            if (row == null || row.size() < 0) {
                throw new AnswerException(
                        AnswerFault.BAD_ROWS, "proxy.response.resultset.rows: entry " + i + " (from 0) is no row");
            }
            ByteString[] cells = new ByteString[width];
            for (int c = 0; c < width; c++) {
                Bytes cell = row.cellAt(c);
                cells[c] = cell == null ? null : bytes(cell);
            }
            out.add(new TextRow(Arrays.asList(cells)));
        }
        return out;
    }

    private int status() throws ScriptException {
        ScriptRef flags = resultset.child("flags");
        if (flags == null) {
            return ServerStatus.AUTOCOMMIT;
        }
        return bit(flags, "in_trans", ServerStatus.IN_TRANS)
                | bit(flags, "auto_commit", ServerStatus.AUTOCOMMIT)
                | bit(flags, "no_good_index_used", ServerStatus.NO_GOOD_INDEX_USED)
                | bit(flags, "no_index_used", ServerStatus.NO_INDEX_USED);
    }

    private static int bit(ScriptRef flags, String key, int bit) throws ScriptException {
        return Boolean.TRUE.equals(flags.flag(key)) ? bit : 0;
    }

    private static long number(ScriptRef field, String key, long usual) throws ScriptException {
        Long given = field.number(key);
        return given == null ? usual : given;
    }

    private static ByteString text(ScriptRef field, String key, ByteString usual) throws ScriptException {
        Bytes given = field.text(key);
        return given == null ? usual : bytes(given);
    }

    private static ByteString bytes(Bytes bytes) {
        return ByteString.of(bytes.toByteArray());
    }

    /** One part of a result set. */
    @FunctionalInterface
    private interface Part<T> {
        T read() throws AnswerException, ScriptException;
    }
}
