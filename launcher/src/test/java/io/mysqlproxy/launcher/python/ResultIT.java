package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inj} and {@code inj.resultset} (python-api.md 3.10, 3.11). */
class ResultIT {
    /** Evaluates EXPRESSION on a result; the client gets its repr as an error text. */
    private static final String SCRIPT = """
            def read_query(proxy, packet):
                if packet[0] != '\\1':
                    proxy.queries.append(1, packet, HELD)
                    return proxy.PROXY_SEND_QUERY
            def tried(expression, names):
                try:
                    return repr(eval(expression, names))
                except Exception as e:
                    return '%s: %s' % (type(e).__name__, e)
            def read_query_result(proxy, inj):
                names = {'inj': inj, 'res': inj.resultset, 'proxy': proxy}
                proxy.globals.value = tried(EXPRESSION, names)
                print proxy.globals.value
                proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errmsg': proxy.globals.value}
                return proxy.PROXY_SEND_RESULT
            """;

    /** A backend with an answer to each of the queries used here. */
    private static FakeBackend backend() {
        byte[][] columns = {Packets.column("a", 3), Packets.column("b", 253), Packets.column("c", 253)};
        return new FakeBackend()
                .answers("\3row", FakeBackend.result(columns, 2, Packets.row("x", null, "z")))
                .answers("\3rows", FakeBackend.rows("n", Packets.row("1"), Packets.row("2")))
                .answers(
                        "\3pairs",
                        FakeBackend.result(
                                new byte[][] {columns[0], columns[1]}, 2, Packets.row("1", "2"), Packets.row("1", "2")))
                .answers("\3blank", FakeBackend.result(columns, 2, Packets.row(null, "", "z"), Packets.row("", "", "")))
                .answers("\3insert", Packets.ok(2, 10, 2, 3))
                .answers("\3error", Packets.error(1064, "42000", "no"))
                .answers("\3flags", FakeBackend.result(columns, 0x33))
                .answers("\16", Packets.error(1047, "08S01", "no ping"));
    }

    private static Rig rig(boolean held, String expression) {
        String settings = "HELD = " + (held ? "True" : "False") + "\nEXPRESSION = '''" + expression + "'''\n";
        return Rig.of(backend(), settings + SCRIPT);
    }

    private static String held(String query, String expression) {
        try (Rig rig = rig(true, expression)) {
            return rig.login().error(query).substring("1105 07000 ".length());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "row    | list(res.rows)                                           | [('x', None, 'z')]",
                "blank  | list(res.rows)                                           | [(None, '', 'z'), ('', '', '')]",
                "rows   | (lambda r: [list(r), list(r), list(res.rows)])(res.rows) | [[('1',), ('2',)], [], [('1',), ('2',)]]",
                "rows   | (lambda r, s: [list(r), list(s)])(res.rows, res.rows)    | [[('1',), ('2',)], []]",
                "rows   | (lambda r: [iter(r).next(), len(list(res.rows)), list(r)])(res.rows) | [('1',), 2, []]",
                "rows   | (lambda r, s: [list(r), list(s)])(res.rows, inj.resultset.rows) | [[('1',), ('2',)], [('1',), ('2',)]]",
                "pairs  | res.row_count, res.bytes                                 | (2, 16)",
                "blank  | res.row_count, res.bytes                                 | (2, 15)",
                "rows   | res.affected_rows, res.insert_id, res.query_status       | (None, None, 0)",
                "insert | res.affected_rows, res.insert_id, res.warning_count, res.query_status | (2L, 10L, 3, 0)",
                "insert | res.fields                                               | ValueError: parse resultset failed",
                "insert | res.rows                                                 | ValueError: Parse resultset failed!",
                "insert | res.raw                                           | '\\x00\\x02\\n\\x02\\x00\\x03\\x00'",
                "error  | res.query_status, res.affected_rows, res.insert_id, res.row_count | (255, 0L, 0L, 0)",
                "error  | res.raw                                                  | '\\xff(\\x04#42000no'",
                "error  | res.rows                                                 | ValueError: Parse resultset failed!",
                "flags  | (lambda f: (f.in_trans, f.auto_commit, f.no_good_index_used, f.no_index_used))(res.flags) | (1, 2, 16, 32)",
                "rows   | (lambda f: (f.in_trans, f.auto_commit, f.no_good_index_used, f.no_index_used))(res.flags) | (0, 2, 0, 0)",
                "row    | [(f.name, f.type) for f in res.fields]                   | [('a', 3), ('b', 253), ('c', 253)]",
                "row    | type(res.fields), res.fields[-1].name, len(res.fields)   | (<type 'tuple'>, 'c', 3)",
                "row    | (lambda f: (f.org_name, f.table, f.org_table, f.db, f.length, f.flags, f.charset, f.decimals))(res.fields[0]) | ('', '', '', '', 32, 2, 8, 0)",
                "row    | res.fields[3]                                            | IndexError: tuple index out of range",
                "row    | inj.id, inj.query                                        | (1, '\\x03row')",
                "row    | inj.type                                  | AttributeError: 'Injection' object has no attribute 'type'",
                "row    | res.nothing               | AttributeError: 'InjectionResultset' object has no attribute 'nothing'",
                "row    | 0 <= inj.query_time <= inj.response_time                 | True",
                "row    | setattr(inj, 'id', 1)   | AttributeError: attribute 'id' of 'Injection' objects is not writable",
                "rows   | res.rows[0]          | TypeError: 'ProxyRows' object has no attribute '__getitem__'",
            })
    @Tag("P-53")
    @Tag("P-54")
    @Tag("P-56")
    @Tag("P-58")
    @Tag("P-59")
    @Tag("J-38")
    void heldResults(String query, String expression, String value) {
        assertThat(held(query, expression)).isEqualTo(value);
    }

    @Test
    void whatIsLoggedWhereThereIsNoResultSet() {
        try (Rig rig = rig(true, "res.rows")) {
            rig.login().error("insert");

            assertThat(rig.log()).contains("ERROR no result set found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rows   | res.rows    | ValueError: .resultset.rows isn't available if resultset_is_needed ~= true",
                "rows   | res.raw     | ValueError: resultset.raw isn't available if resultset_is_need ~= true",
                "rows   | res.fields  | AttributeError: resultset.fields isn't available",
                "rows   | hasattr(res, 'rows'), hasattr(res, 'fields'), getattr(res, 'fields', 5)  | (False, False, 5)",
                "rows   | getattr(res, 'rows', 5) | ValueError: .resultset.rows isn't available if resultset_is_needed ~= true",
                "rows   | res.row_count, res.query_status, res.bytes    | (2, 0, 12)",
                "insert | res.affected_rows, res.insert_id, res.warning_count  | (2L, 10L, 3)",
            })
    @Tag("P-55")
    void streamedResults(String query, String expression, String value) {
        try (Rig rig = rig(false, expression)) {
            RawClient client = rig.login();
            if (query.equals("rows")) {
                client.rows(query);
            } else {
                client.query(query);
            }
            client.command("\16");

            assertThat(rig.captured.out()).startsWith(value + "\n");
        }
    }

    @Test
    void otherCommandsAreNotCounted() {
        try (Rig rig = rig(true, "res.query_status, res.affected_rows, res.insert_id, ord(res.raw[0])")) {
            assertThat(rig.login().command("\16").error()).isEqualTo("1105 07000 (0, 0L, 0L, 255)");
        }
    }

    @Test
    void whatIsKeptStaysValid() {
        try (Rig rig = Rig.of(backend(), """
                def read_query(proxy, packet):
                    if packet[1:] != 'row':
                        old = list(proxy.kept.resultset.rows) + [proxy.kept.query]
                        proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errmsg': repr(old)}
                        return proxy.PROXY_SEND_RESULT
                    proxy.queries.append(1, packet, True)
                    return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    proxy.kept = inj
                """)) {
            RawClient client = rig.login();
            client.answer("row");

            assertThat(client.error("later")).isEqualTo("1105 07000 [('x', None, 'z'), '\\x03row']");
        }
    }

    @Test
    @Tag("J-12")
    void binaryRowsReadAsText() {
        byte[][] columns = {Packets.column("a", 3), Packets.column("b", 253), Packets.column("c", 253)};
        byte[] row = Packets.bytes("\0\10" + "\7\0\0\0" + "\2zz");
        FakeBackend backend = new FakeBackend().answers("\27execute", FakeBackend.result(columns, 2, row));
        try (Rig rig = Rig.of(
                backend, "HELD = True\nEXPRESSION = 'list(res.rows), res.fields[1].name, res.row_count'\n" + SCRIPT)) {
            assertThat(rig.login().command("\27execute").error()).isEqualTo("1105 07000 ([('7', None, 'zz')], 'b', 1)");
        }
    }

    @Test
    @Tag("J-12")
    void fieldsSayWhatTheServerSaid() {
        byte[] column = Packets.bytes("\3def\1d\1t\2ot\1n\2on\14\77\0\7\0\0\0\10\1\20\2\0\0");
        FakeBackend backend = new FakeBackend().answers("\3q", FakeBackend.result(new byte[][] {column}, 2));
        String expression = "[getattr(res.fields[0], n) for n in "
                + "('name', 'org_name', 'table', 'org_table', 'db', 'type', 'length', 'flags', 'charset', 'decimals')]";
        try (Rig rig = Rig.of(backend, "HELD = True\nEXPRESSION = \"" + expression + "\"\n" + SCRIPT)) {
            assertThat(rig.login().error("q")).isEqualTo("1105 07000 ['n', 'on', 't', 'ot', 'd', 8, 7, 4097, 63, 2]");
        }
    }

    @Test
    void rowsAreTuples() {
        assertThat(List.of(held("rows", "[type(r).__name__ for r in res.rows]"), held("rows", "iter(res.rows).next()")))
                .containsExactly("['tuple', 'tuple']", "('1',)");
    }
}
