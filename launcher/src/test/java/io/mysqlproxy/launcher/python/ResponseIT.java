package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.python.Packets.Packet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code proxy.response} and what of it goes out (python-api.md 3.8). The client's query is the response. */
class ResponseIT {
    private static final String SCRIPT = """
            import datetime, decimal
            from datetime import timedelta
            class Field(object):
                def __init__(self, **members):
                    self.__dict__.update(members)
            class Text(object):
                def __str__(self):
                    return 'a text'
            class Bad(object):
                def __str__(self):
                    raise RuntimeError('no text')
            class Sequence(object):
                def __init__(self, *items):
                    self.items = items
                def __len__(self):
                    return len(self.items)
                def __getitem__(self, i):
                    return self.items[i]
            def read_query(proxy, packet):
                if packet[0] == '\\3':
                    exec packet[1:] in globals(), {'proxy': proxy}
                    return proxy.PROXY_SEND_RESULT
            """;
    private static final String FAILED = "1105 07000 (python) handling proxy.response failed, check error-log";
    private static final String BAD_FIELDS = "1105 07000 Cannot get proxy.response.resultset.fields!";
    private static final String BAD_ROWS = "1105 07000 Cannot get proxy.response.resultset.rows";

    private static String result(String fields, String rows) {
        return "proxy.response = {'type': 0, 'resultset': {'fields': " + fields + ", 'rows': " + rows + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': proxy.MYSQLD_PACKET_OK}                                          | 00 00 00 02 00 00 00",
                "{'type': 0, 'affected_rows': 3, 'insert_id': 300, 'warning_count': 4}     | 00 03 fc 2c 01 02 00 04 00",
                "{'type': 0, 'affected_rows': 3L, 'insert_id': True, 'warning_count': 4L}  | 00 03 01 02 00 04 00",
                "{'type': 0, 'affected_rows': '3', 'insert_id': None, 'warning_count': []} | 00 00 00 02 00 00 00",
                "{'type': 0, 'affected_rows': 1.5}                                         | 00 00 00 02 00 00 00",
                "{'type': 0, 'insert_id': -1}             | 00 00 fe ff ff ff ff ff ff ff ff 02 00 00 00",
                "{'type': False}                                                           | 00 00 00 02 00 00 00",
                "{'type': 0L}                                                              | 00 00 00 02 00 00 00",
                "{'type': 0.5}                                                             | 00 00 00 02 00 00 00",
            })
    @Tag("P-39")
    void okay(String response, String hex) {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            Packet packet = client.query("proxy.response = " + response);
            assertThat(packet.sequence()).isEqualTo(1);
            assertThat(java.util.HexFormat.ofDelimiter(" ").formatHex(packet.payload()))
                    .isEqualTo(hex);
            client.assertInStep();
        }
    }

    @Test
    @Tag("P-40")
    @Tag("J-09")
    void cells() {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            assertThat(client.rows(result("['a', 'b', 'c', 'd', 'e']", "[(None, 1, 1.5, True, '')]")))
                    .containsExactly(Arrays.asList(null, "1", "1.5", "1", ""));
            assertThat(client.rows(result("['a', 'b', 'c', 'd', 'e']", "[(False, 10**20, 0.1, 'x\\0y', u'\\xe4')]")))
                    .containsExactly(List.of("0", "1" + "0".repeat(20), "0.1", "x\0y", "\u00c3\u00a4"));
            assertThat(client.rows(result(
                            "['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']",
                            "[(datetime.datetime(2026, 1, 2, 3, 4, 5), datetime.datetime(2026, 1, 2, 3, 4, 5, 6), "
                                    + "datetime.date(2026, 1, 2), datetime.time(3, 4, 5), timedelta(1, 1), "
                                    + "-timedelta(0, 1, 5), decimal.Decimal('1.50'), decimal.Decimal('1E+3'))]")))
                    .containsExactly(List.of(
                            "2026-01-02 03:04:05",
                            "2026-01-02 03:04:05.000006",
                            "2026-01-02",
                            "03:04:05",
                            "24:00:01",
                            "-00:00:01.000005",
                            "1.50",
                            "1000"));
            assertThat(client.rows(result("['a', 'b', 'c']", "[([1, 'x'], Text(), 1e15)]")))
                    .containsExactly(List.of("[1, 'x']", "a text", "1000000000000000.0"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[('a', 3), ('b', 254)]",
                "(['a', 3], ['b'])",
                "[{'name': 'a', 'type': 3}, {'name': 'b'}]",
                "[Field(name='a', type=3), Field(name='b')]",
                "[('a', 3), ('b',)]",
                "[('a', 3), 'b']",
                "Sequence(('a', 3), 'b')",
                "[('a', 256 + 3), 'b']"
            })
    @Tag("P-41")
    @Tag("J-10")
    void fieldsInEveryForm(String fields) {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            for (String rows : List.of("[(1, 'x')]", "([1, 'x'],)", "Sequence(Sequence(1, 'x'))", "['1x']")) {
                List<byte[]> packets = client.answer(result(fields, rows)).stream()
                        .map(Packet::payload)
                        .toList();
                assertThat(packets)
                        .containsExactly(FakeBackend.result(
                                new byte[][] {Packets.column("a", 3), Packets.column("b", 254)},
                                2,
                                Packets.row("1", "x")));
            }
            client.assertInStep();
        }
    }

    @Test
    @Tag("J-10")
    void rowsAreAsWideAsTheFields() {
        try (Rig rig = Rig.of(SCRIPT)) {
            assertThat(rig.login().rows(result("['a', 'b']", "[(1,), (1, 2, 3), (), 'xyz']")))
                    .containsExactly(
                            Arrays.asList("1", null), List.of("1", "2"), Arrays.asList(null, null), List.of("x", "y"));
        }
    }

    @Test
    @Tag("J-11")
    void optionalKeys() {
        try (Rig rig = Rig.of(SCRIPT)) {
            List<Packet> packets = rig.login().answer("""
                    proxy.response = {'type': 0, 'resultset': {
                        'fields': [{'name': 'n', 'type': 8, 'org_name': 'on', 'table': 't', 'org_table': 'ot', 'db': 'd',
                                    'charset': 63, 'length': 7, 'flags': 4097, 'decimals': 2}],
                        'rows': [], 'warning_count': 5,
                        'flags': {'in_trans': 1, 'auto_commit': False, 'no_good_index_used': True, 'no_index_used': 1}}}
                    """);

            assertThat(packets.get(1).text()).isEqualTo("\3def\1d\1t\2ot\1n\2on\14\77\0\7\0\0\0\10\1\20\2\0\0");
            assertThat(packets.get(3).payload()).isEqualTo(Packets.eof(0x31, 5));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]         | Size of proxy.response.resultset.fields is 0   |",
                "()         | Size of proxy.response.resultset.fields is 0   |",
                "[5]        | Cannot get proxy.response.resultset.fields!    | field item 5 should be a two-size sequence.",
                "[()]       | Cannot get proxy.response.resultset.fields!    | field item () should be a two-size sequence.",
                "[{}]       | Cannot get proxy.response.resultset.fields!    | field item {} should be a two-size sequence.",
                "[None]     | Cannot get proxy.response.resultset.fields! | field item None should be a two-size sequence.",
                "[('a',1,2)] | Cannot get proxy.response.resultset.fields! | should be a two-size sequence.",
                "'abc'      | Cannot get proxy.response.resultset.fields!    | fields should be eigher a list or a tuple",
                "{'a': 1}   | Cannot get proxy.response.resultset.fields!    | fields should be eigher a list or a tuple",
                "iter(['a']) | Cannot get proxy.response.resultset.fields!   | fields should be eigher a list or a tuple",
                "None       | Cannot get proxy.response.resultset.fields!    | fields should be eigher a list or a tuple",
                "[('a', 'x')] | Cannot get proxy.response.resultset.fields!  | ValueError: field type should be a int",
                "[('a', 3L)]  | Cannot get proxy.response.resultset.fields!  | ValueError: field type should be a int",
                "[(u'a', 3)]  | Cannot get proxy.response.resultset.fields!  | ValueError: field name should be a string",
                "[u'a']       | Cannot get proxy.response.resultset.fields!  | ValueError: field name should be a string",
                "[(5, 3)]     | Cannot get proxy.response.resultset.fields!  | ValueError: field name should be a string",
            })
    @Tag("P-42")
    @Tag("P-43")
    void badFields(String fields, String text, String stderr) {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            assertThat(client.error(result(fields, "[]"))).isEqualTo("1105 07000 " + text);
            client.assertInStep();
            assertThat(rig.captured.err()).contains(stderr == null ? "" : stderr);
        }
    }

    @Test
    @Tag("P-43")
    void aFieldAsADict() {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            assertThat(client.answer(result("[{'name': 'a', 'type': 3}]", "[]"))
                            .get(1)
                            .payload())
                    .isEqualTo(Packets.column("a", 3));
            for (String resultset : List.of("None", "5", "[]", "Field(fields=['a'], rows=[])")) {
                assertThat(client.error("proxy.response = {'type': 0, 'resultset': " + resultset + "}"))
                        .isEqualTo(BAD_FIELDS);
            }
            assertThat(client.error("proxy.response = {'type': 0, 'resultset': {'rows': []}}"))
                    .isEqualTo(BAD_FIELDS);
            client.assertInStep();
            assertThat(rig.captured.err())
                    .contains("ValueError: response.resultset must be a dict")
                    .contains("KeyError: \"resultset has no key named 'fields'!\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'rows': 5           | ValueError: proxy.response.resultset.rows .. should be a sequence",
                "'rows': {}          | ValueError: proxy.response.resultset.rows .. should be a sequence",
                "'rows': None        | ValueError: proxy.response.resultset.rows .. should be a sequence",
                "'rows': [5]         | ValueError: proxy.response.resultset.rows' items should be sequences",
                "'rows': [None]      | ValueError: proxy.response.resultset.rows' items should be sequences",
                "'rows': [{}]        | ValueError: proxy.response.resultset.rows' items should be sequences",
                "'rows': [[Bad()]]   | RuntimeError: no text",
                "'other': []         |",
            })
    @Tag("P-44")
    void badRows(String rows, String stderr) {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            assertThat(client.error("proxy.response = {'type': 0, 'resultset': {'fields': ['a'], " + rows + "}}"))
                    .isEqualTo(BAD_ROWS);
            client.assertInStep();
            assertThat(rig.captured.err()).contains(stderr == null ? "" : stderr);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type': 255}                                                    | 1105 07000 (python) proxy.response.errmsg is nil",
                "{'type': 255, 'errmsg': None, 'errcode': 5}                      | 1105 07000 (python) proxy.response.errmsg is nil",
                "{'type': 255, 'errmsg': 5}                                       | 1105 07000 (python) proxy.response.errmsg is nil",
                "{'type': 255, 'errmsg': 'no', 'errcode': 1064, 'sqlstate': '42000'} | 1064 42000 no",
                "{'type': 255, 'errmsg': u'no'}                                   | 1105 07000 no",
                "{'type': 255, 'errmsg': 'no', 'errcode': 'x', 'sqlstate': '42'}  | 1105 07000 no",
                "{'type': 255, 'errmsg': 'no', 'errcode': 65537, 'sqlstate': '42000x'} | 1 42000 no",
                "{'type': 255, 'errmsg': 'no', 'sqlstate': None}                  | 1105 07000 no",
                "{'type': 25}                     | 1105 07000 (python) handling proxy.response failed, check error-log",
                "{'type': 'x'}                    | 1105 07000 (python) handling proxy.response failed, check error-log",
                "{'type': None}                   | 1105 07000 (python) handling proxy.response failed, check error-log",
                "{'errmsg': 'x'}                  | 1105 07000 Cannot get proxy.response.type",
                "{}                               | 1105 07000 Cannot get proxy.response.type",
            })
    @Tag("P-45")
    @Tag("P-46")
    @Tag("P-47")
    @Tag("P-48")
    void errors(String response, String error) {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            assertThat(client.error("proxy.response = " + response)).isEqualTo(error);
            assertThat(client.query("proxy.response = {'type': 0}").payload()).isEqualTo(Packets.ok(0, 0, 2, 0));
            client.assertInStep();
        }
    }

    @Test
    void whatIsLoggedOfAnUnknownType() {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();
            client.error("proxy.response = {'type': 25}");
            client.error("proxy.response = {'type': 'x'}");

            assertThat(rig.log())
                    .contains(
                            "ERROR Now the response type is unknown: 25", "ERROR Now the response type is unknown: -1");
        }
    }

    @Test
    void aLongMessageIsCut() {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            assertThat(client.error("proxy.response = {'type': 255, 'errmsg': 'x' * 600}"))
                    .isEqualTo("1105 07000 " + "x".repeat(512));
            assertThat(client.error("proxy.response = {'type': 255, 'errmsg': ''}"))
                    .isEqualTo("1105 07000 ");
        }
    }

    @Test
    @Tag("P-49")
    void raw() {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            for (String packets : List.of("('\\x01', 'x')", "'\\x01x'", "['\\x01', 'x', 5, 'y']")) {
                Packet first = client.query("proxy.response = {'type': 250, 'packets': " + packets + "}");
                assertThat(first.text()).isEqualTo("\1");
                assertThat(first.sequence()).isEqualTo(1);
                Packet second = client.read();
                assertThat(second.text()).isEqualTo("x");
                assertThat(second.sequence()).isEqualTo(2);
                client.assertInStep();
            }
            assertThat(rig.captured.err())
                    .containsOnlyOnce("ValueError: proxy.response.packets' items should be strings.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", 'packets': None",
                ", 'packets': []",
                ", 'packets': 5",
                ", 'packets': [5, 'x']",
                ", 'packets': ''"
            })
    @Tag("J-37")
    void rawWithoutAPacketIsAnError(String packets) {
        try (Rig rig = Rig.of(SCRIPT)) {
            RawClient client = rig.login();

            assertThat(client.error("proxy.response = {'type': 250" + packets + "}"))
                    .isEqualTo(FAILED);
            client.assertInStep();
        }
    }

    @Test
    @Tag("J-06")
    @Tag("P-50")
    void isEmptiedBeforeEachQuery() {
        try (Rig rig = Rig.of("""
                def connect_server(proxy):
                    proxy.response.errmsg = 'from connect_server'
                """ + SCRIPT)) {
            RawClient client = rig.login();

            String only = "proxy.response.type = proxy.MYSQLD_PACKET_ERR";
            assertThat(client.error(only)).isEqualTo("1105 07000 (python) proxy.response.errmsg is nil");
            assertThat(client.error("proxy.response.errmsg = 'mine'; " + only)).isEqualTo("1105 07000 mine");
            assertThat(client.error(only)).isEqualTo("1105 07000 (python) proxy.response.errmsg is nil");
        }
    }

    @Test
    @Tag("P-51")
    @Tag("P-52")
    void takesAWholeDict() {
        try (Eval eval = new Eval("r = proxy.response")) {
            eval.gives("hasattr(r, 'type')", "False")
                    .does("r.a = 1; proxy.response = {'b': 2}; assert not hasattr(r, 'a') and r.b == 2"
                            + " and proxy.response is r")
                    .does("proxy.response = {'b': 2}; proxy.response = {'c': 3}; assert not hasattr(r, 'b')")
                    .fails("proxy.response = 3", "ValueError: response can only be set to a dict")
                    .fails("proxy.response = None", "ValueError: response can only be set to a dict")
                    .fails("proxy.response = {u'a': 3}", "ValueError: response dict's keys can only be strings")
                    .does("r.a = 1; del r.a; assert not hasattr(r, 'a')")
                    .raises("r.a", "AttributeError: 'Response' object has no attribute 'a'");
            assertThat(eval.of("exec del proxy.response")).startsWith("TypeError: ");
        }
    }

    @Test
    void aNestedDictIsReadWhenItIsSent() {
        try (Rig rig = Rig.of(SCRIPT)) {
            assertThat(rig.login()
                            .rows("d = {'fields': ['a'], 'rows': []}; "
                                    + "proxy.response = {'type': 0, 'resultset': d}; d['rows'].append([1])"))
                    .containsExactly(List.of("1"));
        }
    }
}
