package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostType;
import io.mysqlproxy.script.Kind;

/** One backend (lua-api.md 3.5, python-api.md 3.6). */
final class BackendModel {
    static final HostType<Backend> TYPE = HostType.<Backend>named("Backend")
            .path("proxy.global.backends[...]")
            .get("dst", b -> AddressModel.of(b.socketAddress()))
            .get("address", b -> AddressModel.name(b.socketAddress()))
            .set("state", Backend::state, Kind.INTEGER, (Backend b, Long v) -> b.assignState(v.intValue()))
            .get("type", b -> b.type().ordinal())
            .set("uuid", Backend::uuid, Kind.BYTES, (Backend b, Bytes v) -> b.uuid(v))
            .get("connected_clients", Backend::clients)
            .get("pool", b -> PoolModel.TYPE.of(b.pool()));

    private BackendModel() {}
}
