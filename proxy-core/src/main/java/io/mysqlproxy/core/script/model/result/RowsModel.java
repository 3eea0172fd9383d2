package io.mysqlproxy.core.script.model.result;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.response.ResultView;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The rows of a held result set: each look at {@code rows} starts at the first one, and can be gone through once. */
public final class RowsModel {
    /** What can be walked over. */
    public static final HostType<Rows> TYPE = HostType.<Rows>named("ProxyRows").each(rows -> rows);

    private RowsModel() {}

    /** The rows from the first one on. */
    public static HostObject of(ResultView view) {
        return TYPE.of(new Rows(view));
    }

    /** All looks of a result set go through its rows together: each one takes them back to the first row (python-api.md 3.11). */
    static final class Shared {
        private final Rows rows;

        Shared(ResultView view) {
            rows = new Rows(view);
        }

        /** From the first row again, for this look and for all earlier ones. */
        HostObject rewound() {
            rows.rewind();
            return TYPE.of(rows);
        }
    }

    /** Rows as lists of cells; null is SQL NULL. */
    private static final class Rows implements Iterator<List<Bytes>> {
        private final ResultView view;
        private Iterator<byte[][]> rows;

        Rows(ResultView view) {
            this.view = view;
            rewind();
        }

        void rewind() {
            rows = view.rows();
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public List<Bytes> next() {
            try {
                byte[][] row = rows.next();
                Bytes[] cells = new Bytes[row.length];
                for (int i = 0; i < row.length; i++) {
                    cells[i] = row[i] == null ? null : Bytes.of(row[i]);
                }
                return Arrays.asList(cells);
            } catch (ProtocolException e) {
                throw new HostException(e.getMessage());
            }
        }
    }
}
