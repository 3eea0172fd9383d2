package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.wire.packet.Greeting;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code proxy.connection.client} and {@code .server} (lua-api.md 3.3, python-api.md 3.4). */
final class SocketModel {
    private static final Logger LOG = LoggerFactory.getLogger(SocketModel.class);

    static final HostType<Leg> TYPE = HostType.<Leg>named("Socket")
            .get(
                    "src",
                    leg -> AddressModel.of(
                            leg.isServer() ? leg.peer().local() : leg.peer().remote()))
            .get(
                    "dst",
                    leg -> AddressModel.of(
                            leg.isServer() ? leg.peer().remote() : leg.peer().local()))
            .get("default_db", Leg::defaultDb)
            .get("username", login("username", Login::user))
            .get("scrambled_password", login("scrambled_password", Login::response))
            .get("auth_plugin_name", SocketModel::plugin)
            .get("mysqld_version", greeting("mysqld_version", SocketModel::version))
            .only("lua")
            .get("mysqld_version", ofServer("mysqld_version", SocketModel::version))
            .only("python")
            .get("thread_id", greeting("thread_id", Greeting::threadId))
            .only("lua")
            .get("thread_id", ofServer("thread_id", Greeting::threadId))
            .only("python")
            .get("scramble_buffer", greeting("scramble_buffer", SocketModel::scramble))
            .only("lua")
            .get("scramble_buffer", ofServer("scramble_buffer", SocketModel::scramble))
            .only("python")
            .get("query_attributes", leg -> AttributesModel.of(leg.attributes()))
            .get("connect_attrs", login("connect_attrs", AttributesModel::ofLogin))
            .get("address", leg -> {
                throw new HostException(".address is deprecated. Use .src.name or .dst.name instead");
            })
            .only("lua")
            .missed(SocketModel::missed);

    private SocketModel() {}

    /** What there is of the login so far says why something is missing. */
    private static void missed(Leg leg, String key) {
        LOG.error(
                "sock->challenge: {}, sock->response: {} (looking for {})",
                leg.greeting() == null ? "(nil)" : "known",
                leg.login() == null ? "(nil)" : "known",
                key);
    }

    private static Function<Leg, Object> login(String name, Function<Login, Object> value) {
        return leg -> {
            if (leg.login() == null) {
                throw new HostException.Unavailable("Only the response has socket." + name);
            }
            return value.apply(leg.login());
        };
    }

    private static Function<Leg, Object> greeting(String name, Function<Greeting, Object> value) {
        return leg -> {
            if (leg.greeting() == null) {
                throw onServerOnly(name);
            }
            return value.apply(leg.greeting());
        };
    }

    /** Lua shows a client the greeting it was sent; to Python it is the server's alone. */
    private static Function<Leg, Object> ofServer(String name, Function<Greeting, Object> value) {
        Function<Leg, Object> any = greeting(name, value);
        return leg -> {
            if (!leg.isServer()) {
                throw onServerOnly(name);
            }
            return any.apply(leg);
        };
    }

    private static HostException onServerOnly(String name) {
        return new HostException.Unavailable("Only the server side has socket." + name);
    }

    private static Object version(Greeting greeting) {
        return Greeting.versionNumber(greeting.serverVersion());
    }

    private static Object scramble(Greeting greeting) {
        return Bytes.of(greeting.scramble().bytes());
    }

    private static Object plugin(Leg leg) {
        if (leg.login() != null) {
            return leg.login().plugin();
        }
        return greeting("auth_plugin_name", Greeting::authPlugin).apply(leg);
    }
}
