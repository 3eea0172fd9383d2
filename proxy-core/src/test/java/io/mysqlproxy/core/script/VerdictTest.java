package io.mysqlproxy.core.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.Hook;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the number means that a hook returned, and what a failure means: lua-api.md 2.1 to 2.6, J-07. */
class VerdictTest extends ScriptFixture {
    private static final Bytes QUERY = Bytes.latin1("\003SELECT 1");
    private static final Decision ANSWER = new Decision.Reply(new Answer.Okay(7, 0, 0));

    private Client client;

    private Decision call(Hook hook, Object action) {
        script(hook.scriptName() + " " + action);
        engine.response = Map.of("type", 0, "affected_rows", 7);
        client = client(plugin());
        return hook == Hook.CONNECT_SERVER ? client.hooks().connectServer() : connected(hook);
    }

    private Decision connected(Hook hook) {
        client.hooks().connectServer();
        return switch (hook) {
            case READ_HANDSHAKE -> client.hooks().readHandshake();
            case READ_AUTH -> client.hooks().readAuth();
            case READ_AUTH_RESULT -> client.hooks().readAuthResult(Bytes.latin1("\0"));
            case READ_QUERY -> client.hooks().readQuery(QUERY);
            case READ_QUERY_RESULT -> client.hooks().readQueryResult(injection(true));
            default -> throw new AssertionError(hook);
        };
    }

    private Injection injection(boolean buffered) {
        client.session().queue().append(1, QUERY, buffered);
        return client.session().queue().poll();
    }

    /** The hook queues one command. */
    private void queueing(Hook hook) {
        engine.acts.put(hook, () -> client.session().queue().append(1, QUERY, true));
    }

    private static Decision decision(String name) {
        return switch (name) {
            case "proceed" -> Decision.PROCEED;
            case "drop" -> Decision.DROP;
            case "queue" -> Decision.SEND_QUERIES;
            case "answer" -> ANSWER;
            default -> throw new AssertionError(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT_SERVER, 0 1 3 99 -1, proceed",
        "CONNECT_SERVER, 2, answer",
        "CONNECT_SERVER, 4, drop",
        "READ_HANDSHAKE, 0 3 4 99, proceed",
        "READ_HANDSHAKE, 1 2, answer",
        "READ_AUTH, 0 1 3 4 99, proceed",
        "READ_AUTH, 2, answer",
        "READ_AUTH_RESULT, 0 1 3 4 99, proceed",
        "READ_AUTH_RESULT, 2, answer",
        "READ_QUERY, 0 1 3 4 99 -1, proceed",
        "READ_QUERY, 2, answer",
        "READ_QUERY_RESULT, 0, proceed",
        "READ_QUERY_RESULT, 2, answer",
        "READ_QUERY_RESULT, 1 3 4 99, drop",
    })
    void withoutAQueue(Hook hook, String codes, String expected) {
        for (String code : codes.split(" ")) {
            assertThat(call(hook, code)).as("%s returns %s", hook, code).isEqualTo(decision(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "READ_AUTH, 1, queue, 1",
        "READ_AUTH, 2, answer, 1",
        "READ_QUERY, 1 3, queue, 1",
        "READ_QUERY, 2, answer, 1",
        "READ_QUERY, 0 4 99, proceed, 0",
    })
    void withAQueue(Hook hook, String codes, String expected, int left) {
        queueing(hook);
        for (String code : codes.split(" ")) {
            assertThat(call(hook, code)).as("%s returns %s", hook, code).isEqualTo(decision(expected));
            assertThat(client.session().queue().size())
                    .as("%s returns %s", hook, code)
                    .isEqualTo(left);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 99})
    void aDecisionThatMeansNothingIsLogged(int code) {
        call(Hook.READ_QUERY, code);
        assertThat(log.errors()).singleElement().asString().startsWith("(read_query) returned " + code);
    }

    @Test
    void aQueueWithoutADecisionIsLogged() {
        queueing(Hook.READ_QUERY);
        call(Hook.READ_QUERY, 0);
        assertThat(log.errors())
                .singleElement()
                .asString()
                .contains("queued 1 queries")
                .contains("dropped");
    }

    @Test
    void theOldWayToDenyAHandshakeIsLogged() {
        call(Hook.READ_HANDSHAKE, 1);
        assertThat(warnings()).singleElement().asString().contains("PROXY_SEND_QUERY is deprecated");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 1})
    void aStreamedResultCannotBeChanged(int code) {
        script("read_query_result " + code);
        client = client(plugin());
        client.hooks().connectServer();
        assertThat(client.hooks().readQueryResult(injection(false))).isEqualTo(Decision.PROCEED);
        assertThat(log.errors())
                .singleElement()
                .asString()
                .contains("injection 1")
                .contains("resultset_is_needed = true");
    }

    @ParameterizedTest
    @EnumSource(value = Hook.class, mode = EnumSource.Mode.EXCLUDE, names = "DISCONNECT_CLIENT")
    @Tag("J-07")
    void aFailureProceedsIfTheUserOrTheEngineSaysSo(Hook hook) {
        assertThat(call(hook, "raise")).isEqualTo(Decision.PROCEED);
        assertThat(log.errors()).containsExactly("(" + hook.scriptName() + ") hook raised");
        engine.mode = FailureMode.REFUSE;
        mode = Optional.of(FailureMode.PROCEED);
        assertThat(call(hook, "raise")).isEqualTo(Decision.PROCEED);
        assertThat(engine.lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Hook.class, mode = EnumSource.Mode.EXCLUDE, names = "DISCONNECT_CLIENT")
    @Tag("J-07")
    void aFailureRefusesIfTheUserOrTheEngineSaysSo(Hook hook) {
        Decision refused = new Decision.Reply(Answer.error(hook.scriptName() + " failed: hook raised"));
        mode = Optional.of(FailureMode.REFUSE);
        assertThat(call(hook, "raise")).isEqualTo(refused);
        mode = Optional.empty();
        engine.mode = FailureMode.REFUSE;
        assertThat(call(hook, "raise")).isEqualTo(refused);
    }

    @Test
    void aTracebackIsLoggedBelowTheMessage() {
        engine.trace = "Traceback:\n  line 1\n";
        call(Hook.READ_QUERY, "raise");
        assertThat(log.errors()).containsExactly("(read_query) hook raised\nTraceback:\n  line 1");
    }

    @ParameterizedTest
    @EnumSource(FailureMode.class)
    @Tag("D-01")
    void whatWasQueuedBeforeAFailureOfReadQueryIsForgotten(FailureMode failureMode) {
        mode = Optional.of(failureMode);
        queueing(Hook.READ_QUERY);
        call(Hook.READ_QUERY, "raise");
        assertThat(client.session().queue().size()).isZero();
    }

    @Test
    void afterAFailureOfReadQueryResultTheQueueGoesOnIfTheUserSaysSo() {
        queueing(Hook.READ_QUERY_RESULT);
        call(Hook.READ_QUERY_RESULT, "raise");
        assertThat(client.session().queue().size()).isEqualTo(1);
        mode = Optional.of(FailureMode.REFUSE);
        call(Hook.READ_QUERY_RESULT, "raise");
        assertThat(client.session().queue().size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(FailureMode.class)
    void aBodyThatRaisesLaterIsAFailureOfTheHook(FailureMode failureMode) {
        mode = Optional.of(failureMode);
        script("read_query 0");
        client = client(plugin());
        client.hooks().connectServer();
        script("raise", "read_query 0");
        aWhile();
        assertThat(client.hooks().readQuery(QUERY))
                .isEqualTo(
                        failureMode == FailureMode.PROCEED
                                ? Decision.PROCEED
                                : new Decision.Reply(Answer.error("read_query failed: body raised")));
        assertThat(log.errors()).containsExactly("body: body raised");
    }
}
