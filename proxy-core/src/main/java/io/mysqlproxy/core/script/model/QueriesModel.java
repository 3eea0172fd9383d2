package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.query.InjectionQueue;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import io.mysqlproxy.script.Member.Parameter;
import java.util.List;

/** {@code proxy.queries} (lua-api.md 3.7, python-api.md 3.7). */
final class QueriesModel {
    private static final List<Parameter> COMMAND =
            List.of(new Parameter("id", Kind.INTEGER, true), new Parameter("packet", Kind.BYTES, true));
    private static final List<Parameter> OPTIONS = List.of(
            new Parameter("resultset_is_needed", Kind.BOOLEAN, false),
            new Parameter("query_attributes", Kind.RECORD, false));

    static final HostType<InjectionQueue> TYPE = HostType.<InjectionQueue>named("Queries")
            .call("append", COMMAND, OPTIONS, (queue, a) -> {
                own(queue).append(id(a), (Bytes) a[1], needed(a), AttributesModel.entries(a[3]));
                return null;
            })
            .call("prepend", COMMAND, OPTIONS, (queue, a) -> {
                own(queue).prepend(id(a), (Bytes) a[1], needed(a), AttributesModel.entries(a[3]));
                return null;
            })
            .call("reset", List.of(), List.of(), (queue, a) -> {
                own(queue).reset();
                return null;
            })
            .call("len", List.of(), List.of(), (queue, a) -> queue.size())
            .items(InjectionQueue::size, null);

    private QueriesModel() {}

    /** @throws HostException if it was kept beyond its hook, and belongs to another client or to none any more */
    static InjectionQueue own(InjectionQueue queue) {
        if (!queue.hookRuns()) {
            throw new HostException("this connection is another client's, or has ended");
        }
        return queue;
    }

    private static int id(Object[] arguments) {
        return ((Long) arguments[0]).intValue();
    }

    private static boolean needed(Object[] arguments) {
        return Boolean.TRUE.equals(arguments[2]);
    }
}
