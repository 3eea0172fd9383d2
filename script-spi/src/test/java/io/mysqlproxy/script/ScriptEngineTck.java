package io.mysqlproxy.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contract of a script engine, as a test: an engine's own test extends this and supplies the scripts of {@link
 * TckScript} in its language.
 *
 * <p>Every test runs with the realm's lock held by the test's thread, and with a context of its own.
 */
public abstract class ScriptEngineTck extends HostObjectTck {
    @Test
    void isFoundByItsService() {
        assertThat(ServiceLoader.load(ScriptEngine.class).stream())
                .anySatisfy(provider -> assertThat(provider.type()).isEqualTo(engine.getClass()));
    }

    @Test
    void textThatIsNoProgramDoesNotCompile() {
        ScriptException failure = catchThrowableOfType(ScriptException.class, () -> compile(TckScript.SYNTAX_ERROR));
        assertPosition(failure, "syntax_error", 2);
    }

    @Test
    void errorsOfTheBodyAreScriptExceptions() throws ScriptException {
        Script script = compile(TckScript.BODY_ERROR);
        ScriptException failure = catchThrowableOfType(ScriptException.class, () -> script.newInstance(context));
        assertPosition(failure, "body_error", 3);
        assertThat(failure).hasMessageContaining("body broke");
    }

    @Test
    void errorsOfHooksAreScriptExceptions() throws ScriptException {
        ScriptInstance instance = instance(TckScript.HOOK_ERROR);
        ScriptException failure =
                catchThrowableOfType(ScriptException.class, () -> instance.call(Hook.READ_QUERY, context, Bytes.EMPTY));
        assertPosition(failure, "hook_error", 3);
        assertThat(failure).hasMessageContaining("hook broke");
    }

    @Test
    void recursionWithoutEndIsAScriptException() throws ScriptException {
        ScriptInstance instance = instance(TckScript.RECURSION);
        ScriptException failure =
                catchThrowableOfType(ScriptException.class, () -> instance.call(Hook.READ_QUERY, context, Bytes.EMPTY));
        assertThat(failure).isNotNull();
        assertThat(answer(TckScript.COUNTER)).as("the realm is still of use").isEqualTo(1);
    }

    @Test
    void hooksReturnDecisions() throws ScriptException {
        assertThat(answer(TckScript.DECISIONS, Bytes.utf8("none"))).isNull();
        assertThat(answer(TckScript.DECISIONS, Bytes.utf8("zero"))).isZero();
        assertThat(answer(TckScript.DECISIONS, Bytes.utf8("send"))).isEqualTo(1);
        assertThat(answer(TckScript.DECISIONS, Bytes.utf8("result"))).isEqualTo(2);
    }

    @Test
    void hooksThatAreNotDefinedDoNothing() throws ScriptException {
        ScriptInstance instance = instance(TckScript.DECISIONS);
        assertThat(Hook.values())
                .filteredOn(instance::defines)
                .containsExactly(Hook.READ_QUERY, Hook.DISCONNECT_CLIENT);
        assertThat(instance.call(Hook.READ_AUTH, context)).isNull();
    }

    @Test
    @Tag("J-31")
    void hooksThatTheTextNamesMayBeDefined() throws ScriptException {
        Script script = compile(TckScript.DECISIONS);
        assertThat(Hook.values())
                .filteredOn(script::mayDefine)
                .containsExactly(Hook.READ_QUERY, Hook.DISCONNECT_CLIENT);
        assertThat(script.source().path()).isEqualTo(path("decisions"));
    }

    @Test
    @Tag("J-31")
    void hooksThatABodyRunFoundMayBeDefined() throws ScriptException {
        Script script = compile(TckScript.LATE_HOOK);
        assertThat(script.mayDefine(Hook.READ_QUERY)).isFalse();
        ScriptInstance instance = script.newInstance(context);
        assertThat(script.mayDefine(Hook.READ_QUERY)).isTrue();
        assertThat(instance.defines(Hook.READ_QUERY)).isTrue();
        assertThat(instance.call(Hook.READ_QUERY, context, Bytes.EMPTY)).isEqualTo(7);
    }

    @Test
    void eachInstanceHasVariablesOfItsOwn() throws ScriptException {
        Script script = compile(TckScript.COUNTER);
        ScriptInstance first = script.newInstance(context);
        ScriptInstance second = script.newInstance(context);
        assertThat(first.call(Hook.READ_QUERY, context, Bytes.EMPTY)).isEqualTo(1);
        assertThat(first.call(Hook.READ_QUERY, context, Bytes.EMPTY)).isEqualTo(2);
        assertThat(second.call(Hook.READ_QUERY, context, Bytes.EMPTY)).isEqualTo(1);
    }

    @Test
    @Tag("J-04")
    void attributesOfTheProxyBelongToTheContext() throws ScriptException {
        Script script = compile(TckScript.ATTRIBUTE);
        ScriptContext other = realm.newContext(new TckProxy().look());
        assertThat(script.newInstance(context).call(Hook.READ_QUERY, context, Bytes.EMPTY))
                .isEqualTo(1);
        ScriptInstance shared = script.newInstance(context);
        assertThat(shared.call(Hook.READ_QUERY, context, Bytes.EMPTY)).isEqualTo(2);
        assertThat(shared.call(Hook.READ_QUERY, other, Bytes.EMPTY)).isEqualTo(1);
        assertThat(shared.call(Hook.READ_QUERY, context, Bytes.EMPTY)).isEqualTo(3);
    }

    @Test
    @Tag("J-05")
    void contextsAndScriptsShareTheStore() throws ScriptException {
        int first = answer(TckScript.STORE);
        context = realm.newContext(new TckProxy().look());
        assertThat(answer(TckScript.STORE)).isEqualTo(first + 1);
    }

    @Test
    void bodiesRunWithoutAContextToo() throws ScriptException {
        ScriptInstance instance = compile(TckScript.STORE_IN_BODY).newInstance(null);
        assertThat(instance.call(Hook.READ_QUERY, context, Bytes.EMPTY)).isEqualTo(3);
    }

    @Test
    void theResponseIsReadThroughItsReference() throws ScriptException {
        answer(TckScript.RESPONSE);
        ScriptRef response = context.response();
        assertThat(response.number("type")).isEqualTo(255);
        assertThat(response.text("errmsg")).isEqualTo(Bytes.latin1("a\u00ff\u0000"));
        assertThat(response.flag("truth")).isTrue();
        assertThat(response.flag("lie")).isFalse();
        assertThat(response.flag("absent")).isNull();
        assertThat(response.number("fraction")).isEqualTo(2);
        assertThat(response.has("type")).isTrue();
        assertThat(response.has("absent")).isFalse();
        assertThat(response.number("absent")).isNull();
        assertThat(response.number("resultset")).isNull();
        assertThat(response.text("absent")).isNull();
        assertThat(response.text("nothing")).isNull();
        assertThat(response.text("resultset")).isNull();
        assertThat(response.child("absent")).isNull();
        assertThat(response.child("type")).isNull();
    }

    @Test
    void sequencesOfTheResponse() throws ScriptException {
        answer(TckScript.RESPONSE);
        ScriptRef set = context.response().child("resultset");
        ScriptRef fields = set.child("fields");
        assertThat(fields.size()).isEqualTo(2);
        assertThat(fields.recordAt(0, "name", "type").text("name")).isEqualTo(Bytes.utf8("a"));
        assertThat(fields.recordAt(0, "name", "type").number("type")).isEqualTo(3);
        assertThat(fields.recordAt(1, "name", "type").number("type")).isNull();
        ScriptRef rows = set.child("rows");
        assertThat(rows.size()).isEqualTo(2);
        assertThat(IntStream.range(0, 4).mapToObj(i -> cell(rows, 0, i)))
                .containsExactly(Bytes.utf8("x"), null, Bytes.utf8("12"), null);
        assertThat(cell(rows, 1, 0)).isEqualTo(Bytes.utf8("y"));
        ScriptRef packets = context.response().child("packets");
        assertThat(packets.size()).isEqualTo(2);
        assertThat(packets.textAt(1)).isEqualTo(Bytes.utf8("p2"));
        assertThat(packets.textAt(2)).isNull();
        assertThat(packets.childAt(0)).isNull();
    }

    @Test
    @Tag("J-06")
    void theResponseCanBeEmptied() throws ScriptException {
        answer(TckScript.RESPONSE);
        context.clearResponse();
        assertThat(context.response().has("type")).isFalse();
        assertThat(context.response().child("resultset")).isNull();
    }

    @Test
    @Tag("J-15")
    void allByteValuesPassBothWays() throws ScriptException {
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        assertThat(answer(TckScript.BYTES, Bytes.of(all))).isEqualTo(256);
        assertThat(context.response().text("packet")).isEqualTo(Bytes.of(all));
        assertThat(proxy.label).isEqualTo(Bytes.of(all));
        answer(TckScript.LABEL);
        assertThat(context.response().text("packet")).isEqualTo(Bytes.of(all));
    }

    @Test
    void hooksTakeRecords() throws ScriptException {
        HostObject record = TckProxy.RECORD.of(Bytes.latin1("\u00ff\u0000"));
        instance(TckScript.RECORD_ARGUMENT).call(Hook.READ_AUTH_RESULT, context, record);
        assertThat(told("packet")).isEqualTo("\u00ff\u0000");
    }

    @Test
    @Tag("J-08")
    void oneLockKeepsScriptsApart() throws Exception {
        int before = answer(TckScript.STORE);
        Script script = compile(TckScript.STORE);
        realm.lock().unlock();
        try {
            CompletableFuture<?>[] threads = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> callOften(script)))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(threads).get();
        } finally {
            realm.lock().lock();
        }
        assertThat(answer(TckScript.STORE)).isEqualTo(before + 4 * 250 + 1);
    }

    private void callOften(Script script) {
        for (int i = 0; i < 250; i++) {
            realm.lock().lock();
            try {
                ScriptContext own = realm.newContext(new TckProxy().look());
                script.newInstance(own).call(Hook.READ_QUERY, own, Bytes.EMPTY);
            } catch (ScriptException e) {
                throw new AssertionError(e);
            } finally {
                realm.lock().unlock();
            }
        }
    }

    private static Bytes cell(ScriptRef rows, int row, int column) {
        try {
            return rows.childAt(row).cellAt(column);
        } catch (ScriptException e) {
            throw new AssertionError(e);
        }
    }

    /** The file and the line are in the message or, where the language prefers that, in the traceback. */
    private static void assertPosition(ScriptException failure, String name, int line) {
        assertThat(failure).isNotNull();
        String all = failure.getMessage() + "\n" + failure.trace();
        assertThat(all).contains(path(name).toString()).containsPattern("\\b" + line + "\\b");
    }
}
