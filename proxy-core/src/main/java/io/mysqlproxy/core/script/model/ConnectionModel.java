package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;
import java.util.function.Function;

/** {@code proxy.connection} (lua-api.md 3.2, python-api.md 3.3). */
final class ConnectionModel {
    static final HostType<Session> TYPE = HostType.<Session>named("Connection")
            .path("proxy.connection")
            .get("client", s -> SocketModel.TYPE.of(s.client()))
            .get(
                    "server",
                    s -> s.server() == null
                            ? null
                            : SocketModel.TYPE.of(s.server().leg()))
            .set(
                    "backend_ndx",
                    Session::backendIndex,
                    Kind.INDEX,
                    (Session s, Long v) -> own(s).assignBackend(v.intValue()))
            .set("connection_close", null, Kind.BOOLEAN, (Session s, Boolean v) -> own(s).closeRequested(v))
            .get("default_db", deprecated("default_db", "client.default_db or proxy.connection.server.default_db"))
            .only("lua")
            .get("thread_id", deprecated("thread_id", "server.thread_id"))
            .only("lua")
            .get("mysqld_version", deprecated("mysqld_version", "server.mysqld_version"))
            .only("lua");

    private ConnectionModel() {}

    private static Session own(Session session) {
        QueriesModel.own(session.queue());
        return session;
    }

    private static Function<Session, Object> deprecated(String name, String instead) {
        String text = "proxy.connection." + name + " is deprecated, use proxy.connection." + instead + " instead";
        return s -> {
            throw new HostException(text);
        };
    }
}
