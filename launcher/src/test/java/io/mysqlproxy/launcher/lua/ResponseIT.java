package io.mysqlproxy.launcher.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.testing.FakeServer;
import io.mysqlproxy.launcher.testing.Payload;
import io.mysqlproxy.launcher.testing.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** What {@code proxy.response} looks like on the wire (lua-api.md 2.9, 5, 9.3). */
class ResponseIT {
    private static final String UNUSABLE =
            Payload.error(1105, "07000", "(lua) handling proxy.response failed, check error-log");

    private static final String FIELD = "{ { name = 'f', type = 254 } }";

    /** Each statement is the text of a response. */
    private static RawClient client(Stage stage) {
        stage.play("function read_query(packet) proxy.response = assert(loadstring('return ' .. packet:sub(2)))() "
                + "return proxy.PROXY_SEND_RESULT end");
        return stage.login();
    }

    private static List<Payload> numbered(String... payloads) {
        List<Payload> packets = new ArrayList<>();
        for (String payload : payloads) {
            packets.add(new Payload(packets.size() + 1, payload));
        }
        return packets;
    }

    private static String result(String fields, String rows) {
        return "{ type = 0, resultset = { fields = " + fields + ", rows = " + rows + " } }";
    }

    @Scenario
    @Tag("C-48")
    void okay(Stage stage) {
        RawClient client = client(stage);

        assertThat(client.query("{ type = 0, affected_rows = '12', insert_id = 70000 }"))
                .isEqualTo(numbered("\0\14\375\160\21\1\2\0\0\0"));
        assertThat(client.query("{ type = 0, affected_rows = 2.9, insert_id = {}, warning_count = 3, resultset = 5 }"))
                .isEqualTo(numbered("\0\2\0\2\0\3\0"));
        assertThat(client.query("{ type = 0, affected_rows = -1 }"))
                .isEqualTo(numbered("\0\376" + "\377".repeat(8) + "\0\2\0\0\0"));
    }

    @Scenario
    @Tag("C-49")
    void anErrorNeedsAMessage(Stage stage) {
        RawClient client = client(stage);
        String missing = Payload.error(1105, "07000", "(lua) proxy.response.errmsg is nil");

        assertThat(client.query("{ type = 255, errcode = 1106 }")).isEqualTo(numbered(missing));
        assertThat(client.query("{ type = 255, errmsg = {}, sqlstate = '42000' }"))
                .isEqualTo(numbered(missing));
    }

    @Scenario
    @Tag("C-50")
    @Tag("D-10")
    void errorCodes(Stage stage) {
        RawClient client = client(stage);

        assertThat(client.query("{ type = 255, errmsg = 'x', errcode = '1064', sqlstate = '4200012345' }"))
                .isEqualTo(numbered(Payload.error(1064, "42000", "x")));
        assertThat(client.query("{ type = 255, errmsg = 5, errcode = 65536 + 7, sqlstate = '42' }"))
                .isEqualTo(numbered(Payload.error(7, "42000", "5")));
        assertThat(client.query("{ type = 255, errmsg = 'x', errno = 5, sqlstate = '' }"))
                .isEqualTo(numbered(Payload.error(1105, "07000", "x")));
    }

    @Scenario
    @Tag("C-51")
    void longMessagesAreCut(Stage stage) {
        assertThat(client(stage).query("{ type = 255, errmsg = ('x'):rep(600) }"))
                .isEqualTo(numbered(Payload.error(1105, "07000", "x".repeat(512))));
    }

    @Scenario
    @Tag("C-52")
    void unknownTypes(Stage stage) {
        RawClient client = client(stage);

        for (String response : List.of(
                "{}", "{ type = 'foo' }", "{ type = 25 }", "{ type = 254 }", "{ type = {} }", "nil", "'x'", "5")) {
            assertThat(client.query(response)).as(response).isEqualTo(numbered(UNUSABLE));
        }
    }

    @Scenario
    @Tag("C-53")
    @Tag("J-15")
    void raw(Stage stage) {
        RawClient client = client(stage);
        client.send(0, "\3{ type = '250', packets = { 12, '\\0\\0\\0\\2\\0\\0\\0', nil, 'x' } }");

        assertThat(client.read()).isEqualTo(new Payload(1, "12"));
        assertThat(client.read()).isEqualTo(new Payload(2, FakeServer.OK));
        assertThat(client.ask("\3{ type = 250, packets = { '' } }")).isEqualTo(new Payload(1, ""));
    }

    @Scenario
    @Tag("C-54")
    @Tag("J-37")
    void rawWithoutPackets(Stage stage) {
        RawClient client = client(stage);

        for (String packets : List.of("nil", "'x'", "{}", "{ true }", "{ 'x', {} }")) {
            assertThat(client.query("{ type = 250, packets = " + packets + " }"))
                    .as(packets)
                    .isEqualTo(numbered(UNUSABLE));
        }
    }

    @Scenario
    @Tag("C-57")
    void aResultSet(Stage stage) {
        String definition = "\3def\0\0\0\1f\0\14\10\0\40\0\0\0\376\2\0\0\0\0";

        assertThat(client(stage).query(result(FIELD, "{ { 'x' } }")))
                .isEqualTo(numbered("\1", definition, FakeServer.EOF, "\1x", FakeServer.EOF));
    }

    @Scenario
    @Tag("C-58")
    void fieldsWithoutNameOrType(Stage stage) {
        List<Payload> answer =
                client(stage).query(result("{ { name = 'a' }, { type = 3 }, { name = 5, type = '3' } }", "{}"));

        assertThat(answer.get(1).text()).isEqualTo(FakeServer.column("a"));
        assertThat(answer.get(2).text())
                .isEqualTo(FakeServer.column("no-field-name").replace('\376', '\3'));
        assertThat(answer.get(3).text()).isEqualTo(FakeServer.column("5").replace('\376', '\3'));
    }

    @Scenario
    @Tag("J-11")
    void optionalKeys(Stage stage) {
        List<Payload> answer = client(stage)
                .query(
                        "{ type = 0, resultset = { warning_count = 2, flags = { in_trans = true, no_index_used = true }, "
                                + "fields = { { name = 'n', type = 3, org_name = 'on', table = 't', org_table = 'ot', db = 'd', "
                                + "charset = 63, length = 11, flags = 1, decimals = 2 } }, rows = {} } }");

        assertThat(answer.get(1).text()).isEqualTo("\3def\1d\1t\2ot\1n\2on\14\77\0\13\0\0\0\3\1\0\2\0\0");
        assertThat(answer.get(3)).isEqualTo(new Payload(4, "\376\2\0\41\0"));
    }

    @Scenario
    @Tag("C-59")
    void cellsOfAllKinds(Stage stage) {
        String fields = "{ {name='a'}, {name='b'}, {name='c'}, {name='d'}, {name='e'} }";
        List<Payload> answer = client(stage).query(result(fields, "{ { 1, 2.5, true, nil, {} } }"));

        assertThat(answer.get(7).text()).isEqualTo("\0011\0032.5\373\373\373");
    }

    @Scenario
    @Tag("C-60")
    @Tag("J-35")
    void numbersAreShownWithFourteenDigits(Stage stage) {
        String row = "{ %s }";
        RawClient client = client(stage);

        for (String[] pair : new String[][] {
            {"1e15", "1e+15"},
            {"123456789012345", "1.2345678901234e+14"},
            {"2^53", "9.007199254741e+15"},
            {"-1", "-1"},
            {"1/0", "inf"},
            {"'a\\0b'", "a\0b"}
        }) {
            assertThat(client.query(result(FIELD, "{ " + row.formatted(pair[0]) + " }"))
                            .get(3)
                            .text())
                    .isEqualTo(Payload.counted(pair[1]));
        }
    }

    @Scenario
    @Tag("C-61")
    void rowsOfOtherLengths(Stage stage) {
        String fields = "{ { name = 'a' }, { name = 'b' } }";
        List<Payload> answer = client(stage).query(result(fields, "{ { 1 }, { 1, 2, 3 }, {}, nil, { 9, 9 } }"));

        assertThat(answer.subList(4, answer.size()))
                .extracting(Payload::text)
                .containsExactly("\0011\373", "\0011\0012", "\373\373", FakeServer.EOF);
    }

    @Scenario
    @Tag("C-62")
    void noRows(Stage stage) {
        assertThat(client(stage).query(result(FIELD, "{}")))
                .isEqualTo(numbered("\1", FakeServer.column("f"), FakeServer.EOF, FakeServer.EOF));
    }

    @Scenario
    @Tag("C-63")
    @Tag("D-11")
    void malformedResultSets(Stage stage) {
        RawClient client = client(stage);

        for (String malformed : List.of(
                result("nil", "{}"),
                result("{}", "{}"),
                result("'x'", "{}"),
                result(FIELD, "nil"),
                result(FIELD, "5"),
                result("{ 'f' }", "{}"),
                result("{ { name = 'f' }, 5 }", "{}"),
                result(FIELD, "{ { 1 }, 'x' }"),
                result(FIELD, "{ true }"))) {
            assertThat(client.query(malformed)).as(malformed).isEqualTo(numbered(UNUSABLE));
        }
    }
}
