package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.script.HostType;

/** {@code proxy.global.backends} and {@code proxy.servers} (lua-api.md 3.5, python-api.md 3.6). */
final class BackendsModel {
    static final HostType<Backends> TYPE = HostType.<Backends>named("Backends")
            .items(Backends::size, (backends, i) -> BackendModel.TYPE.of(backends.get(i)));

    private BackendsModel() {}
}
