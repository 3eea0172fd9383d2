package io.mysqlproxy.core.script;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.script.AnswerFault;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.wire.testing.LogCapture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** lua-api.md 2.9. */
class AnswerReaderTest {
    private final FakeEngine engine = new FakeEngine();
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void lock() {
        engine.lock.lock();
    }

    @AfterEach
    void unlock() {
        engine.lock.unlock();
        log.close();
    }

    private Answer read(Object response) {
        engine.response = response;
        ScriptContext context = engine.newContext(null);
        return new AnswerReader(engine, "s.lua").read(context);
    }

    private static Answer fault(AnswerFault fault) {
        return Answer.error("fault " + fault);
    }

    @Test
    void anOkay() {
        assertThat(read(Map.of("type", 0))).isEqualTo(new Answer.Okay(0, 0, 0));
        assertThat(read(Map.of("type", 0, "affected_rows", 12, "insert_id", 70000, "warning_count", 3)))
                .isEqualTo(new Answer.Okay(12, 70000, 3));
    }

    @Test
    void numbersAreCutToTheirFields() {
        assertThat(read(Map.of("type", 0, "affected_rows", -1, "warning_count", 0x1_0002)))
                .isEqualTo(new Answer.Okay(-1, 0, 2));
        assertThat(read(Map.of("type", 0.9, "affected_rows", 2.9))).isEqualTo(new Answer.Okay(2, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", ""})
    void aResultsetThatIsNoTableIsAnOkay(String resultset) {
        assertThat(read(Map.of("type", 0, "resultset", resultset))).isEqualTo(new Answer.Okay(0, 0, 0));
        assertThat(read(Map.of("type", 0, "resultset", 7))).isEqualTo(new Answer.Okay(0, 0, 0));
    }

    @Test
    void aResultsetThatIsATableIsAResult() {
        assertThat(read(Map.of("type", 0, "resultset", Map.of("fields", List.of("f"), "rows", List.of()))))
                .isInstanceOf(Answer.Result.class);
    }

    @Test
    void anError() {
        assertThat(read(Map.of("type", 255, "errmsg", "no", "errcode", 1064, "sqlstate", "42000")))
                .isEqualTo(new Answer.Error(1064, "42000", Bytes.latin1("no")));
    }

    @Test
    void anErrorHasTheUsualCodeAndState() {
        assertThat(read(Map.of("type", 255, "errmsg", "no", "errno", 1064)))
                .isEqualTo(new Answer.Error(1105, "07000", Bytes.latin1("no")));
        assertThat(read(Map.of("type", 255, "errmsg", 12, "errcode", 0x1_0401)))
                .isEqualTo(new Answer.Error(1025, "07000", Bytes.latin1("12")));
    }

    @Test
    void aLongMessageIsCut() {
        Answer.Error error = (Answer.Error) read(Map.of("type", 255, "errmsg", "x".repeat(600)));
        assertThat(error.message()).isEqualTo(Bytes.latin1("x".repeat(512)));
        assertThat(error.state()).isEqualTo("07000");
    }

    @Test
    void anErrorWithoutAMessage() {
        assertThat(read(Map.of("type", 255, "errcode", 1106))).isEqualTo(fault(AnswerFault.NO_ERRMSG));
        assertThat(read(Map.of("type", 255, "errmsg", true))).isEqualTo(fault(AnswerFault.NO_ERRMSG));
    }

    @Test
    void rawPackets() {
        assertThat(read(Map.of("type", 250, "packets", List.of(12, "", "\000x"))))
                .isEqualTo(new Answer.Raw(List.of(Bytes.latin1("12"), Bytes.EMPTY, Bytes.latin1("\000x"))));
    }

    @Test
    void rawPacketsThatCannotBeSent() {
        assertThat(read(Map.of("type", 250))).isEqualTo(fault(AnswerFault.BAD_PACKETS));
        assertThat(read(Map.of("type", 250, "packets", "x"))).isEqualTo(fault(AnswerFault.BAD_PACKETS));
        assertThat(read(Map.of("type", 250, "packets", List.of()))).isEqualTo(fault(AnswerFault.BAD_PACKETS));
        assertThat(read(Map.of("type", 250, "packets", Map.of("a", "b")))).isEqualTo(fault(AnswerFault.BAD_PACKETS));
        assertThat(read(Map.of("type", 250, "packets", Arrays.asList("x", true))))
                .isEqualTo(fault(AnswerFault.BAD_PACKETS));
    }

    @Test
    void whatIsNoResponse() {
        assertThat(read(null)).isEqualTo(fault(AnswerFault.UNUSABLE));
        assertThat(read("x")).isEqualTo(fault(AnswerFault.UNUSABLE));
        assertThat(read(Map.of())).isEqualTo(fault(AnswerFault.NO_TYPE));
        for (Object type : new Object[] {"foo", true, 25, 254, -1, 1, 256}) {
            assertThat(read(Map.of("type", type))).as("%s", type).isEqualTo(fault(AnswerFault.UNKNOWN_TYPE));
        }
        assertThat(log.lines(Level.INFO))
                .contains(
                        "handling proxy.response failed: proxy.response.type isn't set in s.lua",
                        "handling proxy.response failed: proxy.response.type is unknown: 25");
    }

    @Test
    void aResponseThatRaisesWhenItIsLookedAt() {
        ScriptException raised = new ScriptException("in a property", null, null);
        assertThat(read(Map.of("type", raised))).isEqualTo(fault(AnswerFault.UNUSABLE));
        assertThat(read(Map.of("type", 255, "errmsg", raised))).isEqualTo(fault(AnswerFault.UNUSABLE));
        assertThat(log.errors()).allMatch("handling proxy.response failed: in a property"::equals);
    }
}
