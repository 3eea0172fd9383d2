package io.mysqlproxy.core.script.model;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.response.ResultView;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The rows of a held result set; each look starts at the first one (lua-api.md 3.8). */
final class RowsModel {
    static final HostType<ResultView> TYPE =
            HostType.<ResultView>named("ProxyRows").each(Rows::new);

    private RowsModel() {}

    /** Rows as lists of cells; null is SQL NULL. */
    private static final class Rows implements Iterator<List<Bytes>> {
        private final Iterator<byte[][]> rows;

        Rows(ResultView view) {
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
