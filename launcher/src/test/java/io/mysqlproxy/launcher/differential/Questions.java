package io.mysqlproxy.launcher.differential;

import static io.mysqlproxy.launcher.differential.Parameter.floating;
import static io.mysqlproxy.launcher.differential.Parameter.integer;
import static io.mysqlproxy.launcher.differential.Parameter.none;
import static io.mysqlproxy.launcher.differential.Parameter.pieces;
import static io.mysqlproxy.launcher.differential.Parameter.temporal;
import static io.mysqlproxy.launcher.differential.Parameter.text;

import io.mysqlproxy.wire.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Everything that is asked. */
final class Questions {
    /** Statements of all kinds, then every type, then every parameter. */
    static List<Question> all() {
        List<Question> all = new ArrayList<>();
        lines("statements.sql").forEach(line -> all.add(new Question(line)));
        lines("types.txt").forEach(line -> all.addAll(ofType(line)));
        for (Parameter each : parameters()) {
            all.add(new Question("SELECT ?", List.of(each)));
        }
        all.addAll(withParameters());
        return all;
    }

    private static List<Question> ofType(String line) {
        String type = line.substring(0, line.indexOf('|')).strip();
        String values = line.substring(line.indexOf('|') + 1).strip();
        List<Question> questions = new ArrayList<>();
        questions.add(new Question("CREATE TEMPORARY TABLE typed (id INT AUTO_INCREMENT PRIMARY KEY, v " + type + ")"));
        questions.add(new Question("INSERT INTO typed (v) VALUES (NULL), ("
                + values.replaceAll(", (?=[^)]*(?:\\(|$))(?=(?:[^']*'[^']*')*[^']*$)", "), (") + ")"));
        questions.add(new Question("SELECT v, id FROM typed ORDER BY id"));
        questions.add(new Question("SELECT COUNT(v), MAX(v), HEX(v), v IS NULL FROM typed GROUP BY id ORDER BY id"));
        questions.add(new Question("DROP TEMPORARY TABLE typed"));
        return questions;
    }

    private static List<Parameter> parameters() {
        return List.of(
                none(),
                integer(1, -128),
                integer(1, 255).unsigned(),
                integer(2, -32768),
                integer(2, 65535).unsigned(),
                integer(4, -1),
                integer(4, 4294967295L).unsigned(),
                integer(8, Long.MIN_VALUE),
                integer(8, 5).unsigned(),
                floating(1.5f),
                floating(-2.25),
                text(ColumnType.VAR_STRING, ""),
                text(ColumnType.VAR_STRING, "żółw"),
                text(ColumnType.STRING, "x".repeat(250)),
                text(ColumnType.VARCHAR, "y".repeat(251)),
                text(ColumnType.BLOB, "z".repeat(70_000)),
                text(ColumnType.NEWDECIMAL, "12345678901234567890.5"),
                text(ColumnType.TINY_BLOB, "tiny"),
                text(ColumnType.LONG_BLOB, "long"),
                temporal(ColumnType.DATE, "DATE'2024-02-29'", 0xE8, 0x07, 2, 29),
                temporal(ColumnType.DATETIME, "TIMESTAMP'2024-02-29 01:02:03'", 0xE8, 0x07, 2, 29, 1, 2, 3),
                temporal(ColumnType.TIMESTAMP, "TIMESTAMP'2024-02-29 01:02:03.000005'", new int[] {
                    0xE8, 0x07, 2, 29, 1, 2, 3, 5, 0, 0, 0
                }),
                temporal(ColumnType.TIME, "TIME'-26:03:04'", 1, 1, 0, 0, 0, 2, 3, 4),
                temporal(ColumnType.TIME, "TIME'00:00:00'"),
                pieces("in", " ", "pieces"),
                pieces("p".repeat(70_000), "q".repeat(70_000)));
    }

    private static List<Question> withParameters() {
        return List.of(
                new Question(
                        "CREATE TEMPORARY TABLE p (id INT AUTO_INCREMENT PRIMARY KEY, a BIGINT, b VARCHAR(50), c LONGBLOB,"
                                + " d DATETIME(6), e DOUBLE)"),
                insert(integer(8, 1), text(ColumnType.VAR_STRING, "one"), pieces("o", "ne"), none(), floating(1.0)),
                insert(none(), none(), none(), none(), none()),
                insert(
                        integer(4, 3),
                        text(ColumnType.VAR_STRING, "x".repeat(60)),
                        text(ColumnType.BLOB, "b".repeat(300)),
                        temporal(ColumnType.DATETIME, "'2024-02-29'", 0xE8, 0x07, 2, 29),
                        floating(2.5f)),
                new Question("SELECT * FROM p WHERE id >= ? ORDER BY id", List.of(integer(4, 0))),
                new Question("SELECT * FROM p WHERE id > ? ORDER BY id", List.of(integer(4, 1000))),
                new Question(
                        "SELECT a + ?, b, ? FROM p ORDER BY id",
                        List.of(integer(4, 5), text(ColumnType.VAR_STRING, "t"))),
                new Question("SELECT id FROM p ORDER BY id LIMIT ?", List.of(integer(8, 2))),
                new Question("UPDATE p SET b = ? WHERE id = ?", List.of(none(), integer(4, 1))),
                new Question("DELETE FROM p WHERE id > ?", List.of(integer(4, 1))),
                new Question("INSERT INTO p (id) VALUES (?)", List.of(integer(4, 1))),
                new Question("CREATE PROCEDURE outs2(IN a INT, OUT b INT, INOUT c VARCHAR(20)) BEGIN SET b = a * 2;"
                        + " SET c = CONCAT(c, '!'); SELECT a AS first, c AS second; SELECT b; END"),
                new Question("CALL outs2(?, @b, @c)", List.of(integer(4, 21))),
                new Question(
                        "CALL outs2(?, ?, ?)",
                        List.of(integer(4, 21), integer(4, 0), text(ColumnType.VAR_STRING, "in"))),
                new Question(
                        "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?",
                        List.of(
                                integer(1, 1),
                                none(),
                                integer(2, 3),
                                none(),
                                integer(4, 5),
                                none(),
                                integer(8, 7),
                                none(),
                                none())),
                new Question("SELECT CAST(? AS SIGNED)", List.of(text(ColumnType.VAR_STRING, "12x"))),
                new Question("DROP PROCEDURE outs2"),
                new Question("DROP TEMPORARY TABLE p"));
    }

    private static Question insert(Parameter... values) {
        return new Question("INSERT INTO p (a, b, c, d, e) VALUES (?, ?, ?, ?, ?)", List.of(values));
    }

    private static List<String> lines(String name) {
        try (InputStream in = Questions.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Questions() {}
}
