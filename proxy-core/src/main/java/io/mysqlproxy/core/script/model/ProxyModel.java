package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.core.script.model.result.FieldModel;
import io.mysqlproxy.core.script.model.result.FlagsModel;
import io.mysqlproxy.core.script.model.result.ResultModel;
import io.mysqlproxy.core.script.model.result.RowsModel;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import java.util.List;

/** {@code proxy}: where everything a script can see begins. */
public final class ProxyModel {
    /** Python scripts see the options of their plugin; both languages may add what they like (python-api.md 3.6). */
    static final HostType<View> CONFIG = ConfigModel.declare(HostType.named("Config"), View::config);

    /** Lua says {@code proxy.global}, Python {@code proxy.globals}, since {@code global} is a keyword there. */
    static final HostType<View> GLOBAL = HostType.<View>named("Globals")
            .get("backends", v -> BackendsModel.TYPE.of(v.backends()))
            .bag("config")
            .only("lua")
            .store("config", CONFIG)
            .only("python")
            .open();

    static final HostType<View> TYPE = ConstantsModel.declare(HostType.<View>named("Proxy"))
            .get("connection", v -> v.session() == null ? null : ConnectionModel.TYPE.of(v.session()))
            .get("queries", ProxyModel::queries)
            .get("servers", v -> BackendsModel.TYPE.of(v.backends()))
            .get("backends", v -> BackendsModel.TYPE.of(v.backends()))
            .only("python")
            .bag("response")
            .store("global", GLOBAL)
            .only("lua")
            .store("globals", GLOBAL)
            .only("python")
            .open();

    private ProxyModel() {}

    /**
     * What {@code proxy} stands for.
     *
     * @param session null outside any client connection
     * @param config null for a client connection: stores of the realm show the realm's
     */
    private record View(Session session, Backends backends, ListenerConfig config) {}

    /** The object for one client connection; to be made once, since identity is equality to scripts. */
    public static HostObject of(Session session, Backends backends) {
        return TYPE.of(new View(session, backends, null));
    }

    /** The object for code that runs outside any client connection. */
    public static HostObject outside(Backends backends, ListenerConfig config) {
        return TYPE.of(new View(null, backends, config));
    }

    /** Everything that scripts meet, each type once: what a reference lists. */
    public static List<HostType<?>> types() {
        return List.of(
                TYPE,
                GLOBAL,
                CONFIG,
                ConnectionModel.TYPE,
                SocketModel.TYPE,
                AddressModel.TYPE,
                QueriesModel.TYPE,
                AuthModel.TYPE,
                InjectionModel.TYPE,
                ResultModel.TYPE,
                FieldModel.LIST,
                FieldModel.TYPE,
                RowsModel.TYPE,
                FlagsModel.TYPE,
                BackendsModel.TYPE,
                BackendModel.TYPE,
                PoolModel.TYPE,
                PoolModel.USERS,
                PoolModel.QUEUE);
    }

    private static HostObject queries(View view) {
        if (view.session() == null) {
            throw new HostException.Absent("'Proxy' object has no attribute 'queries'");
        }
        return QueriesModel.TYPE.of(view.session().queue());
    }
}
