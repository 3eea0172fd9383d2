package io.mysqlproxy.script.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code proxy.response} is read (python-api.md 3.8). */
class ResponsesTest extends PythonFixture {
    @ParameterizedTest
    @Tag("J-09")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1 | 1",
                "-7L | -7",
                "2 ** 70 | 1180591620717411303424",
                "True | 1",
                "False | 0",
                "1.5 | 1.5",
                "0.1 | 0.1",
                "1e15 | 1000000000000000.0",
                "1e22 | 1e+22",
                "u'\\xe4' | \u00e4",
                "datetime.datetime(2024, 2, 3, 4, 5, 6) | 2024-02-03 04:05:06",
                "datetime.datetime(2024, 2, 3, 4, 5, 6, 7) | 2024-02-03 04:05:06.000007",
                "datetime.date(24, 2, 3) | 0024-02-03",
                "datetime.time(1, 2, 3) | 01:02:03",
                "datetime.timedelta(2, 3661) | 49:01:01",
                "datetime.timedelta(seconds=-1.5) | -00:00:01.500000",
                "decimal.Decimal('1.50') | 1.50",
                "decimal.Decimal('1E+3') | 1000",
                "[1, 'a'] | [1, 'a']",
            })
    void cells(String cell, String text) throws ScriptException {
        run("import datetime, decimal\nproxy.response.cells = [" + cell + "]");
        assertThat(context.response().child("cells").cellAt(0)).isEqualTo(Bytes.utf8(text));
    }

    @Test
    void cellsThatAreNullOrBytes() throws ScriptException {
        run("proxy.response.cells = ('a\\xff\\0', None, '')");
        ScriptRef cells = context.response().child("cells");
        assertThat(cells.cellAt(0)).isEqualTo(Bytes.latin1("a\u00ff\u0000"));
        assertThat(cells.cellAt(1)).isNull();
        assertThat(cells.cellAt(2)).isEqualTo(Bytes.EMPTY);
        assertThat(cells.cellAt(3)).isNull();
    }

    @Test
    void aCellThatCannotBeConvertedIsTheScriptsFault() throws ScriptException {
        run("""
                class Bad(object):
                    def __str__(self): raise KeyError('no text')
                proxy.response.cells = [Bad()]
                """);
        ScriptRef cells = context.response().child("cells");
        assertThatThrownBy(() -> cells.cellAt(0))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("no text");
    }

    @ParameterizedTest
    @Tag("J-10")
    @ValueSource(
            strings = {
                "('a', 3)",
                "['a', 3]",
                "{'name': 'a', 'type': 3}",
                "Field('a', 3)",
                "Old('a', 3)",
                "Pair(('a', 3))",
            })
    void fieldsInAllForms(String field) throws ScriptException {
        ScriptRef read = field(field);
        assertThat(read.text("name")).isEqualTo(Bytes.utf8("a"));
        assertThat(read.number("type")).isEqualTo(3);
        assertThat(read.has("flags")).isFalse();
    }

    @ParameterizedTest
    @Tag("J-10")
    @ValueSource(strings = {"'a'", "('a',)", "{'name': 'a'}"})
    void fieldsWithoutAType(String field) throws ScriptException {
        ScriptRef read = field(field);
        assertThat(read.text("name")).isEqualTo(Bytes.utf8("a"));
        assertThat(read.number("type")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "()", "{}", "u'a'", "(u'a', 3)", "{'name': u'a'}"})
    void fieldsWithoutAUsableName(String field) throws ScriptException {
        assertThatThrownBy(() -> field(field).text("name"))
                .isInstanceOf(ScriptException.class)
                .hasMessageMatching(
                        "ValueError: field (item .* should be a two-size sequence\\.|name should be a string)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"None", "('a', 3, 4)"})
    void whatIsNoField(String field) throws ScriptException {
        assertThatThrownBy(() -> field(field))
                .isInstanceOf(ScriptException.class)
                .hasMessage("ValueError: field item " + field + " should be a two-size sequence.");
    }

    private ScriptRef field(String field) throws ScriptException {
        run("""
                class Field(object):
                    def __init__(self, name, type): self.name, self.type = name, type
                class Old:
                    def __init__(self, name, type): self.name, self.type = name, type
                class Pair:
                    def __init__(self, items): self.items = items
                    def __getitem__(self, i): return self.items[i]
                    def __len__(self): return len(self.items)
                proxy.response.resultset = {'fields': [%s]}
                """.formatted(field));
        return context.response().child("resultset").child("fields").recordAt(0, "name", "type");
    }

    @Test
    void whatIsASequence() throws ScriptException {
        run("""
                class Rows(object):
                    def __getitem__(self, i): return 'abc'[i]
                    def __len__(self): return 3
                proxy.response = {'own': Rows(), 'range': xrange(4), 'text': 'xy', 'dict': {}, 'set': set([1]),
                                  'object': object(), 'iterator': iter([]), 'number': 1.5, 'none': None}
                """);
        ScriptRef response = context.response();
        assertThat(response.child("own").size()).isEqualTo(3);
        assertThat(response.child("own").textAt(2)).isEqualTo(Bytes.utf8("c"));
        assertThat(response.child("range").size()).isEqualTo(4);
        assertThat(response.child("text").textAt(1)).isEqualTo(Bytes.utf8("y"));
        for (String key : new String[] {"dict", "set", "object", "iterator"}) {
            assertThat(response.child(key).size()).as(key).isEqualTo(-1);
        }
        assertThat(response.child("number")).isNull();
        assertThat(response.child("none")).isNull();
        assertThat(response.has("none")).isTrue();
    }

    @Test
    void partsOfAResultSet() throws ScriptException {
        run("proxy.response.resultset = {'fields': 'abc', 'rows': ['ab', ('c',)]}");
        ScriptRef set = context.response().child("resultset");
        assertThatThrownBy(() -> set.child("fields"))
                .as("a string is no list of fields")
                .hasMessage("ValueError: proxy.response.resultset.fields should be eigher a list or a tuple");
        assertThat(set.child("rows").childAt(0).cellAt(1)).isEqualTo(Bytes.utf8("b"));
        assertThat(set.child("rows").childAt(1).cellAt(0)).isEqualTo(Bytes.utf8("c"));
        run("class R: fields, rows = [], []\nproxy.response.resultset = R()");
        assertThatThrownBy(() -> context.response().child("resultset"))
                .hasMessage("ValueError: response.resultset must be a dict");
    }

    @Test
    void numbersAndTexts() throws ScriptException {
        run("""
                class Mine(dict):
                    def __missing__(self, key): return 7
                proxy.response = Mine(type=True, affected_rows=2 ** 64 - 1, insert_id=-1, errcode='x', errmsg=u'plain',
                                      other=u'\\xe4', flags=Mine())
                """);
        ScriptRef response = context.response();
        assertThat(response.number("type")).isEqualTo(1);
        assertThat(response.number("affected_rows")).isEqualTo(-1);
        assertThat(response.number("insert_id")).isEqualTo(-1);
        assertThat(response.number("errcode")).isNull();
        assertThat(response.text("errmsg")).isEqualTo(Bytes.utf8("plain"));
        assertThat(response.text("other")).isNull();
        assertThat(response.child("flags").has("in_trans")).isFalse();
    }
}
