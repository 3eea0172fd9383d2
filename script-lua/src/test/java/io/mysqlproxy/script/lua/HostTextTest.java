package io.mysqlproxy.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The texts of errors that declared objects raise: lua-api.md 3. */
class HostTextTest {
    private static final HostType<HostTextTest> ITEMS =
            HostType.<HostTextTest>named("Items").items(t -> 2, (t, i) -> (long) i);
    private static final HostType<HostTextTest> USERS =
            HostType.<HostTextTest>named("Users").keyed((t, name) -> name);
    private static final HostType<HostTextTest> CLIENT =
            HostType.<HostTextTest>named("Socket").get("port", t -> 4040);
    private static final HostType<HostTextTest> CONNECTION = HostType.<HostTextTest>named("Connection")
            .path("proxy.connection")
            .get("client", CLIENT::of)
            .set("backend_ndx", t -> t.index, Kind.INDEX, (HostTextTest t, Long n) -> t.index = n)
            .set("connection_close", t -> null, Kind.BOOLEAN, (HostTextTest t, Boolean b) -> t.close = b)
            .set("state", t -> t.state, Kind.INTEGER, (HostTextTest t, Long n) -> t.state = n)
            .set("uuid", t -> t.uuid, Kind.BYTES, (HostTextTest t, Bytes b) -> t.uuid = b)
            .get("thread_id", t -> {
                throw new HostException("proxy.connection.thread_id is deprecated");
            });
    private static final HostType<HostTextTest> QUERIES = HostType.<HostTextTest>named("Queries")
            .items(t -> t.calls.size(), null)
            .call(
                    "append",
                    List.of(new Parameter("id", Kind.INTEGER, true), new Parameter("packet", Kind.BYTES, true)),
                    List.of(new Parameter("resultset_is_needed", Kind.BOOLEAN, false)),
                    (t, arguments) -> t.calls.add(arguments) ? null : 0);
    private static final HostType<HostTextTest> PROXY = HostType.<HostTextTest>named("Proxy")
            .bag("response")
            .get("connection", CONNECTION::of)
            .get("queries", QUERIES::of)
            .get("items", ITEMS::of)
            .get("users", USERS::of);

    private final List<Object[]> calls = new ArrayList<>();
    private long index;
    private long state;
    private Boolean close;
    private Bytes uuid;
    private ScriptRealm realm;
    private ScriptContext context;

    @BeforeEach
    void open() {
        realm = new LuaEngine().open(new RealmSettings(Path.of("/opt"), PROXY.of(this), Map.of(), Map.of()));
        context = realm.newContext(PROXY.of(this));
    }

    /** What a statement raises, or null. */
    private String raised(String statement) throws ScriptException {
        String text = "function read_query()\n" + statement + "\nend";
        try {
            realm.compile(new ScriptSource(Path.of("/s"), text.getBytes(StandardCharsets.ISO_8859_1)))
                    .newInstance(context)
                    .call(Hook.READ_QUERY, context);
            return null;
        } catch (ScriptException e) {
            assertThat(e.getMessage()).startsWith("[string \"/s\"]:2: ");
            return e.getMessage().substring("[string \"/s\"]:2: ".length());
        }
    }

    private String value(String expression) throws ScriptException {
        assertThat(raised("proxy.response.value = tostring(" + expression + ")"))
                .isNull();
        return context.response().text("value").toLatin1();
    }

    @Test
    void gettersOfTheConnection() throws ScriptException {
        assertThat(value("proxy.connection.backend_ndx")).isEqualTo("1");
        assertThat(value("proxy.connection.nothing")).isEqualTo("nil");
        assertThat(value("proxy.connection[5]")).isEqualTo("nil");
        assertThat(value("proxy.connection.client.port")).isEqualTo("4040");
        assertThat(value("type(proxy.connection)")).isEqualTo("userdata");
        assertThat(raised("local x = proxy.connection.thread_id"))
                .isEqualTo("proxy.connection.thread_id is deprecated");
        assertThat(raised("local x = proxy.connection[true]"))
                .isEqualTo("bad argument #2 to '?' (string expected, got boolean)");
    }

    @Test
    void settersOfTheConnection() throws ScriptException {
        assertThat(raised("proxy.connection.backend_ndx = '3'")).isNull();
        assertThat(index).isEqualTo(2);
        assertThat(raised("proxy.connection.backend_ndx = 'x'"))
                .isEqualTo("bad argument #3 to '?' (number expected, got string)");
        assertThat(raised("proxy.connection.connection_close = 1"))
                .isEqualTo("bad argument #3 to '?' (boolean expected, got number)");
        assertThat(raised("proxy.connection.connection_close = true")).isNull();
        assertThat(close).isTrue();
        assertThat(raised("proxy.connection.client = 1")).isEqualTo("proxy.connection.client is not writable");
        assertThat(raised("proxy.connection.foo = 1")).isEqualTo("proxy.connection.foo is not writable");
        assertThat(raised("proxy.connection[true] = 1"))
                .isEqualTo("bad argument #2 to '?' (string expected, got boolean)");
    }

    @Test
    void whatTakesNoAssignmentIsNamed() throws ScriptException {
        assertThat(raised("proxy.connection.client.port = 1"))
                .isEqualTo("attempt to index field 'client' (a userdata value)");
        assertThat(raised("local c = proxy.connection.client c.port = 1"))
                .isEqualTo("attempt to index local 'c' (a userdata value)");
        assertThat(raised("c = proxy.connection.client c[1] = 1"))
                .isEqualTo("attempt to index global 'c' (a userdata value)");
        assertThat(raised("local c = proxy.connection.client; (function() c.port = 1 end)()"))
                .isEqualTo("attempt to index upvalue 'c' (a userdata value)");
    }

    @Test
    void settersThatTakeWhateverComes() throws ScriptException {
        assertThat(raised("proxy.connection.state = 9.7")).isNull();
        assertThat(state).isEqualTo(9);
        assertThat(raised("proxy.connection.state = {}")).isNull();
        assertThat(state).isZero();
        assertThat(raised("proxy.connection.uuid = 12")).isNull();
        assertThat(uuid).isEqualTo(Bytes.utf8("12"));
        assertThat(raised("proxy.connection.uuid = nil")).isNull();
        assertThat(uuid).isNull();
        assertThat(raised("proxy.connection.uuid = true")).isEqualTo("proxy.connection.uuid has to be a string");
    }

    @Test
    void things() throws ScriptException {
        assertThat(value("#proxy.items")).isEqualTo("2");
        assertThat(value("proxy.items['2']")).isEqualTo("1");
        assertThat(value("proxy.items[1.9]")).isEqualTo("0");
        assertThat(value("proxy.items[3]")).isEqualTo("nil");
        assertThat(value("proxy.items[0]")).isEqualTo("nil");
        assertThat(raised("local x = proxy.items.foo"))
                .isEqualTo("bad argument #2 to '?' (number expected, got string)");
        assertThat(value("proxy.users[12]")).isEqualTo("12");
        assertThat(raised("local x = proxy.users[{}]"))
                .isEqualTo("bad argument #2 to '?' (string expected, got table)");
        assertThat(value("proxy.queries.foo")).isEqualTo("nil");
        assertThat(value("proxy.connection.client == proxy.connection.client")).isEqualTo("true");
    }

    @Test
    @Tag("C-97")
    void argumentsOfAppend() throws ScriptException {
        assertThat(raised("proxy.queries:append('x', 'y')"))
                .isEqualTo("bad argument #1 to 'append' (number expected, got string)");
        assertThat(raised("proxy.queries:append(1)"))
                .isEqualTo("bad argument #2 to 'append' (string expected, got no value)");
        assertThat(raised("proxy.queries:append(1, 'x', 5)"))
                .isEqualTo("bad argument #3 to 'append' (table expected, got number)");
        assertThat(raised("proxy.queries:append(1, 'x', { resultset_is_needed = 1 })"))
                .isEqualTo("bad argument #3 to 'append' (:append(..., { resultset_is_needed = boolean } ), is %s)");
        assertThat(calls).isEmpty();
        assertThat(raised("proxy.queries:append('7.9', 12, { resultset_is_needed = false, other = 1 })"))
                .isNull();
        assertThat(calls.get(0)).containsExactly(7L, Bytes.utf8("12"), false);
        assertThat(value("#proxy.queries")).isEqualTo("1");
    }
}
