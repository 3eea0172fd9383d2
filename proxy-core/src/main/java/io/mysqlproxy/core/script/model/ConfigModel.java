package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.config.server.BackendConfig;
import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.script.HostType;
import java.util.List;
import java.util.function.Function;

/** {@code proxy.globals.config}: the options of the plugin (python-api.md 3.6). */
final class ConfigModel {
    private ConfigModel() {}

    /** @param config finds the options in the target of the type */
    static <T> HostType<T> declare(HostType<T> type, Function<T, ListenerConfig> config) {
        return type.get("address", config.andThen(c -> c.address().text()))
                .only("python")
                .get("backend_addresses", config.andThen(c -> addresses(c, false)))
                .only("python")
                .get("read_only_backend_addresses", config.andThen(c -> addresses(c, true)))
                .only("python")
                .get("fix_bug_25371", t -> 0)
                .only("python")
                .get("profiling", config.andThen(c -> c.profiling() ? 1 : 0))
                .only("python")
                .get("python_script", config.andThen(ConfigModel::script))
                .only("python")
                .get("pool_change_user", config.andThen(c -> c.trustsPool() ? 0 : 1))
                .only("python")
                .get("start_proxy", t -> 1)
                .only("python")
                .open();
    }

    private static List<String> addresses(ListenerConfig config, boolean readOnly) {
        return config.backends().stream()
                .filter(backend -> backend.readOnly() == readOnly)
                .map(BackendConfig::address)
                .map(address -> address.text())
                .toList();
    }

    private static String script(ListenerConfig config) {
        return config.script().map(script -> script.file().toString()).orElse(null);
    }
}
