package io.mysqlproxy.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How declared members look to scripts; the part of {@link ScriptEngineTck} about {@link HostType}. */
public abstract class HostObjectTck extends TckFixture {
    @Test
    void valuesOfEveryType() throws ScriptException {
        answer(TckScript.VALUES);
        ScriptRef response = context.response();
        assertThat(response.number("whole")).isEqualTo(7);
        assertThat(response.number("big")).isEqualTo(1L << 40);
        assertThat(response.number("real")).isZero();
        assertThat(told("text")).isEqualTo("some text");
        assertThat(response.flag("truth")).isTrue();
        assertThat(answer(TckScript.NOTHING)).isEqualTo(1);
    }

    @Test
    @Tag("J-44")
    void twoLooksAtTheSameThingAreEqual() throws ScriptException {
        assertThat(answer(TckScript.EQUALITY)).isEqualTo(1);
    }

    @Test
    void indicesCountFromTheLanguagesBase() throws ScriptException {
        proxy.place = 99;
        answer(TckScript.SET_INDEX);
        assertThat(proxy.place).isZero();
        proxy.place = 4;
        assertThat(answer(TckScript.GET_INDEX)).isEqualTo(4 + firstIndex());
    }

    @Test
    void settersTakeWhatTheirKindSays() throws ScriptException {
        answer(TckScript.SET_VALUES);
        assertThat(proxy.weight).isEqualTo(1L << 40);
        assertThat(proxy.closing).isTrue();
    }

    @Test
    void readOnlyMembersRefuseToBeSet() throws ScriptException {
        assertThat(answer(TckScript.READ_ONLY)).isEqualTo(1);
    }

    @Test
    void hostErrorsCanBeCaughtByTheScript() throws ScriptException {
        assertThat(answer(TckScript.CAUGHT)).isEqualTo(1);
        assertThat(told("message")).contains("connection.broken is gone");
    }

    @Test
    void hostErrorsThatNobodyCatchesAreScriptErrors() {
        assertThatThrownBy(() -> answer(TckScript.NOT_CAUGHT))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("connection.broken is gone");
    }

    @Test
    void unavailableMembersAreTreatedAsTheLanguageSays() throws ScriptException {
        assertThat(answer(TckScript.UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    void flagsOfARecord() throws ScriptException {
        assertThat(answer(TckScript.FLAGS)).isEqualTo(1);
    }

    @Test
    void itemsAreCountedAndIndexed() throws ScriptException {
        assertThat(answer(TckScript.ITEMS)).isEqualTo(3);
        assertThat(told("names")).isEqualTo("redgreenblue");
        assertThat(answer(TckScript.PAST_ITEMS)).isEqualTo(1);
    }

    @Test
    void keysAreWholeByteStrings() throws ScriptException {
        answer(TckScript.KEYED, Bytes.latin1("b\u00ff\u0000b"));
        assertThat(told("name")).isEqualTo("b\u00ff\u0000b");
    }

    @Test
    void iterationStartsAnewAtEachLook() throws ScriptException {
        assertThat(answer(TckScript.EACH)).isEqualTo(2);
        assertThat(told("cells")).isEqualTo("abab");
    }

    @Test
    void listsAreSequences() throws ScriptException {
        assertThat(answer(TckScript.LIST)).isEqualTo(2);
        assertThat(told("first")).isEqualTo("left");
        assertThat(told("second")).isEqualTo("green");
    }

    @Test
    void optionsInEveryForm() throws ScriptException {
        int size = answer(TckScript.OPTIONS);
        assertThat(size).isEqualTo(proxy.appended.size()).isGreaterThan(1);
        assertThat(proxy.appended.get(0)).containsExactly(1L, Bytes.utf8("x"), null);
        assertThat(proxy.appended.subList(1, size))
                .allSatisfy(call -> assertThat(call).containsExactly(1L, Bytes.utf8("x"), true));
    }

    @Test
    void argumentsAreChecked() throws ScriptException {
        assertThat(answer(TckScript.MISSING_ARGUMENT)).isEqualTo(1);
        assertThat(answer(TckScript.WRONG_ARGUMENT)).isEqualTo(1);
        assertThat(proxy.appended).isEmpty();
    }

    @Test
    void recordsOfTheScriptAreHandedOver() throws ScriptException {
        answer(TckScript.RECORD);
        assertThat(proxy.note.text("name")).isEqualTo(Bytes.utf8("n"));
        assertThat(proxy.note.number("size")).isEqualTo(5);
        assertThat(proxy.note.has("other")).isFalse();
    }

    @Test
    void namedEntriesAreBytes() throws ScriptException {
        answer(TckScript.CELLS, Bytes.latin1("x\u00ff\u0000"));
        assertThat(proxy.note.cells())
                .containsOnly(
                        Map.entry(Bytes.latin1("x\u00ff\u0000"), Bytes.utf8("v")),
                        Map.entry(Bytes.utf8("n"), Bytes.utf8("5")));
        answer(TckScript.CELL_NAMES);
        assertThatThrownBy(() -> proxy.note.cells())
                .isInstanceOf(HostException.BadArgument.class)
                .hasMessageContaining("a name has to be a str");
    }

    @Test
    void modulesWrittenInJava() throws ScriptException {
        assertThat(answer(TckScript.MODULE)).isEqualTo(42);
    }

    @Test
    void mapsAreTablesOrDicts() throws ScriptException {
        assertThat(answer(TckScript.MAP)).isEqualTo(1);
        assertThat(told("name")).isEqualTo("n");
        assertThat(context.response().number("size")).isEqualTo(5);
    }

    @Test
    void refusalsAreErrorsOfTheLanguage() throws ScriptException {
        assertThat(answer(TckScript.REFUSALS)).isEqualTo(2);
    }

    @TestFactory
    Stream<DynamicTest> everyDeclaredMemberCanBeReached() {
        Map<String, HostType<?>> owners = new LinkedHashMap<>();
        owners.put("proxy", TckProxy.TYPE);
        owners.put("proxy.connection", TckProxy.CONNECTION);
        owners.put("proxy.connection.item", TckProxy.ITEM);
        owners.put("proxy.connection.flags", TckProxy.FLAGS);
        owners.put("proxy.queries", TckProxy.QUERIES);
        for (Member member : TckProxy.TYPE.members()) {
            if (member instanceof Member.Store store && store.visibleTo(engine.name())) {
                owners.put("proxy." + store.name(), store.content());
            }
        }
        return owners.entrySet().stream()
                .flatMap(owner -> owner.getValue().members().stream()
                        .filter(member -> !TckProxy.WITHOUT_VALUE.contains(member.name()))
                        .map(member -> reaching(owner.getKey(), member)));
    }

    private DynamicTest reaching(String owner, Member member) {
        String path = owner + "." + member.name();
        return DynamicTest.dynamicTest(path, () -> {
            ScriptInstance instance = compile(path, asking(path)).newInstance(context);
            int found = instance.call(Hook.READ_QUERY, context, Bytes.EMPTY);
            assertThat(found).isEqualTo(member.visibleTo(engine.name()) ? 1 : 0);
        });
    }
}
