package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.backend.IdlePool;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import java.util.List;
import java.util.stream.Collectors;

/** The idle connections of a backend (lua-api.md 3.6, python-api.md 3.6). */
final class PoolModel {
    private static final List<Parameter> NAME = List.of(new Parameter("name", Kind.BYTES, true));

    /** A user's queue, looked at anew each time. */
    private record Queue(IdlePool pool, Bytes user) {}

    static final HostType<Queue> QUEUE = HostType.<Queue>named("Queue")
            .path("proxy.backend[...]")
            .get("cur_idle_connections", q -> q.pool().idle(q.user()));

    static final HostType<IdlePool> USERS = HostType.<IdlePool>named("Users")
            .path("proxy.backend[...]")
            .items(pool -> pool.users().size(), null)
            .keyed((pool, user) -> QUEUE.of(new Queue(pool, user)))
            .call("__contains__", NAME, List.of(), (pool, a) -> contains(pool, (Bytes) a[0]))
            .only("python")
            .call("__repr__", List.of(), List.of(), (pool, a) -> names(pool))
            .only("python");

    static final HostType<IdlePool> TYPE = HostType.<IdlePool>named("ConnectionPool")
            .path("proxy.backend[...]")
            .set("max_idle_connections", IdlePool::maxIdle, Kind.INTEGER, (IdlePool p, Long v) -> p.maxIdle(v))
            .set("min_idle_connections", IdlePool::minIdle, Kind.INTEGER, (IdlePool p, Long v) -> p.minIdle(v))
            .get("users", USERS::of);

    private PoolModel() {}

    private static boolean contains(IdlePool pool, Bytes user) {
        return user.length() == 0 ? pool.idle(user) > 0 : pool.users().contains(user);
    }

    private static String names(IdlePool pool) {
        return pool.users().stream().map(u -> "'" + u.toLatin1() + "'").collect(Collectors.joining(", ", "[", "]"));
    }
}
