package io.mysqlproxy.launcher.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a server said to a statement.
 *
 * @param columns names, none without a result set
 * @param rows cells as text, null for NULL
 * @param summary the rest, in words
 */
record SqlResult(List<String> columns, List<List<String>> rows, String summary) {
    private static final String GAP = "  ";
    private static final String ERROR = "ERROR ";

    SqlResult {
        columns = List.copyOf(columns);
        rows = rows.stream().map(Collections::unmodifiableList).toList();
    }

    /** Without a result set. */
    static SqlResult of(String summary) {
        return new SqlResult(List.of(), List.of(), summary);
    }

    /** Instead of a result. */
    static SqlResult error(int code, String text) {
        return of(ERROR + code + text);
    }

    /** Whether the statement failed. */
    boolean isError() {
        return summary.startsWith(ERROR);
    }

    /** As a table, without blanks at the ends of lines. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!columns.isEmpty()) {
            int[] widths = widths();
            lines.add(line(columns, widths));
            lines.add(line(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths));
            rows.forEach(row -> lines.add(line(row, widths)));
        }
        lines.add(summary);
        return lines;
    }

    private int[] widths() {
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], text(row.get(i)).length());
            }
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = text(cells.get(i));
            line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String text(String cell) {
        return cell == null ? "NULL" : cell;
    }
}
