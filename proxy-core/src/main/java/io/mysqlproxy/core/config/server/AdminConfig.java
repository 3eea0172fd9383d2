package io.mysqlproxy.core.config.server;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.Timeouts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the admin plugin is configured with.
 *
 * @param address where administrators connect
 * @param account who may log in
 * @param script what answers them; empty: the built-in console
 * @param options what the console shows as the proxy's options, in this order; no secrets
 */
public record AdminConfig(
        Address address, AdminAccount account, Optional<ScriptConfig> script, Map<String, String> options)
        implements PluginConfig {
    public AdminConfig {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(script, "script");
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    @Override
    public String plugin() {
        return "admin";
    }

    @Override
    public Timeouts timeouts() {
        return Timeouts.DEFAULT;
    }
}
