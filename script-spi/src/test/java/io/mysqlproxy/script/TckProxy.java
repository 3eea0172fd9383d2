package io.mysqlproxy.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code proxy} that {@link ScriptEngineTck} shows to scripts: one of each kind of member. */
final class TckProxy {
    static final HostType<String> ITEM = HostType.<String>named("Item").get("name", s -> s);

    static final HostType<TckProxy> ITEMS =
            HostType.<TckProxy>named("Items").items(p -> p.items.size(), (p, i) -> ITEM.of(p.items.get(i)));

    static final HostType<Bytes> USER = HostType.<Bytes>named("User").get("name", b -> b);

    static final HostType<TckProxy> USERS = HostType.<TckProxy>named("Users").keyed((p, name) -> USER.of(name));

    static final HostType<TckProxy> ROWS = HostType.<TckProxy>named("Rows").each(TckProxy::rows);

    static final HostType<TckProxy> FLAGS =
            HostType.<TckProxy>named("Flags").plain().flag("up", 1, p -> true).flag("down", 2, p -> false);

    static final HostType<Bytes> RECORD =
            HostType.<Bytes>named("Record").plain().get("packet", b -> b);

    static final HostType<TckProxy> CONNECTION = HostType.<TckProxy>named("Connection")
            .get("whole", p -> 7)
            .get("big", p -> 1L << 40)
            .get("real", p -> 0.5)
            .get("text", p -> "some text")
            .get("truth", p -> true)
            .get("nothing", p -> null)
            .get("broken", p -> {
                throw new HostException("connection.broken is gone");
            })
            .get("unavailable", p -> {
                throw new HostException.Unavailable("connection.unavailable is not known yet");
            })
            .get("elsewhere", p -> 1)
            .only("cobol")
            .get("flags", FLAGS::of)
            .get("item", p -> ITEM.of(p.items.get(0)))
            .get("pair", p -> List.of(Bytes.utf8("left"), ITEM.of(p.items.get(1))))
            .get("rows", ROWS::of)
            .set("label", p -> p.label, Kind.BYTES, (TckProxy p, Bytes b) -> p.label = b)
            .set("place", p -> p.place, Kind.INDEX, (TckProxy p, Long n) -> p.place = n)
            .set("weight", p -> p.weight, Kind.INTEGER, (TckProxy p, Long n) -> p.weight = n)
            .set("closing", p -> p.closing, Kind.BOOLEAN, (TckProxy p, Boolean b) -> p.closing = b);

    static final HostType<TckProxy> QUERIES = HostType.<TckProxy>named("Queries")
            .items(p -> p.appended.size(), (p, i) -> (Long) p.appended.get(i)[0])
            .call(
                    "append",
                    List.of(
                            new Member.Parameter("id", Kind.INTEGER, true),
                            new Member.Parameter("packet", Kind.BYTES, true)),
                    List.of(new Member.Parameter("resultset_is_needed", Kind.BOOLEAN, false)),
                    (p, arguments) -> p.appended.add(arguments) ? null : 0)
            .call("note", List.of(new Member.Parameter("record", Kind.RECORD, true)), List.of(), (p, arguments) -> {
                p.note = (ScriptRef) arguments[0];
                return null;
            });

    static final HostType<TckProxy> STORE =
            HostType.<TckProxy>named("Store").bag("config").get("items", ITEMS::of);

    static final HostType<TckProxy> TYPE = HostType.<TckProxy>named("Proxy")
            .open()
            .constant("PROXY_SEND_QUERY", 1)
            .constant("PROXY_SEND_RESULT", 2)
            .constant("PROXY_IGNORE_RESULT", 4)
            .store("global", STORE)
            .only("lua")
            .store("globals", STORE)
            .only("python")
            .bag("response")
            .get("connection", CONNECTION::of)
            .get("queries", QUERIES::of)
            .get("items", ITEMS::of)
            .get("users", USERS::of);

    static final HostType<String> MODULE = HostType.<String>named("mysql.tck")
            .call(
                    "twice",
                    List.of(new Member.Parameter("number", Kind.INTEGER, true)),
                    List.of(),
                    (target, arguments) -> 2 * (Long) arguments[0])
            .call("describe", List.of(new Member.Parameter("given", null, true)), List.of(), (target, arguments) -> {
                Map<String, Object> entries = new HashMap<>();
                entries.put("name", Bytes.utf8("n"));
                entries.put("size", 5);
                entries.put("given", arguments[0]);
                entries.put("nothing", null);
                return entries;
            })
            .call("refuse", List.of(new Member.Parameter("how", Kind.BYTES, true)), List.of(), (target, arguments) -> {
                throw arguments[0].equals(Bytes.utf8("missing"))
                        ? new HostException.Missing("no such thing")
                        : new HostException.BadArgument("not like this");
            });

    /** Members that read as nothing, or cannot be read, in one language or another. */
    static final Set<String> WITHOUT_VALUE = Set.of("nothing", "broken", "unavailable", "label", "closing");

    final List<String> items = List.of("red", "green", "blue");
    final List<Object[]> appended = new ArrayList<>();
    ScriptRef note;
    Bytes label;
    Boolean closing;
    long place;
    long weight;

    HostObject look() {
        return TYPE.of(this);
    }

    private Iterator<List<Bytes>> rows() {
        return List.of(
                        Arrays.asList(Bytes.utf8("a"), null, Bytes.utf8("last")),
                        Arrays.asList(Bytes.utf8("b"), Bytes.utf8("set"), null))
                .iterator();
    }
}
