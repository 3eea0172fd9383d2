package io.mysqlproxy.script.python;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A {@code proxy} with members named as python-api.md names them, so that its texts can be tested. */
final class SampleProxy {
    static final HostType<String> ADDRESS = HostType.<String>named("Address").get("name", s -> s);

    static final HostType<SampleProxy> USERS = HostType.<SampleProxy>named("Users")
            .items(p -> 1, null)
            .keyed((p, name) -> ADDRESS.of(name.toLatin1()))
            .call(
                    "__contains__",
                    List.of(new Parameter("name", Kind.BYTES, true)),
                    List.of(),
                    (p, given) -> ((Bytes) given[0]).equals(Bytes.utf8("bob")))
            .call("__repr__", List.of(), List.of(), (p, given) -> "['bob']");

    static final HostType<SampleProxy> POOL = HostType.<SampleProxy>named("ConnectionPool")
            .get("users", USERS::of)
            .set("max_idle_connections", p -> p.number, Kind.INTEGER, (SampleProxy p, Long n) -> p.number = n);

    static final HostType<String> BACKEND = HostType.<String>named("Backend")
            .get("address", s -> s)
            .get("dst", ADDRESS::of)
            .set("state", s -> 1, Kind.INTEGER, (String s, Long n) -> {})
            .set("uuid", s -> null, Kind.BYTES, (String s, Bytes b) -> {});

    static final HostType<SampleProxy> BACKENDS =
            HostType.<SampleProxy>named("Backends").items(p -> p.names.size(), (p, i) -> BACKEND.of(p.names.get(i)));

    static final HostType<SampleProxy> CONFIG =
            HostType.<SampleProxy>named("Config").open().get("address", p -> ":4045");

    static final HostType<SampleProxy> GLOBALS =
            HostType.<SampleProxy>named("Globals").get("backends", BACKENDS::of).get("config", CONFIG::of);

    static final HostType<SampleProxy> AUTH =
            HostType.<SampleProxy>named("Auth").plain().get("packet", p -> Bytes.utf8("" + p.index));

    static final HostType<SampleProxy> TOKEN =
            HostType.<SampleProxy>named("Token").plain().open().get("text", p -> Bytes.utf8("" + p.index));

    static final HostType<SampleProxy> CONNECTION = HostType.<SampleProxy>named("Connection")
            .get("pool", POOL::of)
            .get("auth", AUTH::of)
            .get("token", TOKEN::of)
            .get("server", p -> null)
            .set("backend_ndx", p -> p.index, Kind.INDEX, (SampleProxy p, Long n) -> p.index = n)
            .set("connection_close", null, Kind.BOOLEAN, (SampleProxy p, Boolean b) -> p.close = b)
            .get("username", p -> {
                throw new HostException("Only the response has socket.username");
            });

    static final HostType<SampleProxy> QUERIES = HostType.<SampleProxy>named("Queries")
            .items(p -> p.queries.size(), null)
            .call(
                    "append",
                    List.of(new Parameter("id", Kind.INTEGER, true), new Parameter("packet", Kind.BYTES, true)),
                    List.of(
                            new Parameter("resultset_is_needed", Kind.BOOLEAN, false),
                            new Parameter("query_attributes", Kind.RECORD, false)),
                    (p, given) -> {
                        p.queries.add(given);
                        return null;
                    })
            .call("len", List.of(), List.of(), (p, given) -> p.queries.size())
            .call("reset", List.of(), List.of(), (p, given) -> {
                p.queries.clear();
                return null;
            });

    static final HostType<SampleProxy> ROWS =
            HostType.<SampleProxy>named("ProxyRows").each(SampleProxy::rows);

    static final HostType<SampleProxy> RESULT = HostType.<SampleProxy>named("InjectionResultset")
            .get("rows", ROWS::of)
            .get("affected_rows", p -> 2L)
            .get("fields", p -> {
                throw new HostException.Absent("resultset.fields isn't available");
            })
            .flag("auto_commit", 2, p -> true);

    static final HostType<SampleProxy> TYPE = HostType.<SampleProxy>named("Proxy")
            .open()
            .constant("PROXY_VERSION", 0x805)
            .constant("MYSQL_TYPE_STRING", 254)
            .store("globals", GLOBALS)
            .bag("response")
            .get("backends", BACKENDS::of)
            .get("connection", p -> p.connected ? CONNECTION.of(p) : null)
            .get("queries", QUERIES::of)
            .get("resultset", RESULT::of);

    final List<String> names = List.of("a:1", "b:2", "c:3");
    final List<Object[]> queries = new ArrayList<>();
    boolean connected = true;
    long index = -1;
    long number;
    Boolean close;

    HostObject look() {
        return TYPE.of(this);
    }

    private Iterator<List<Bytes>> rows() {
        return List.of(List.of(Bytes.utf8("1")), List.of(Bytes.utf8("2"))).iterator();
    }
}
