package io.mysqlproxy.core.config.server;

import io.mysqlproxy.core.config.Address;
import java.util.Objects;

/**
 * A server to connect to.
 *
 * @param address where it listens
 * @param readOnly whether it is never chosen unless a script asks for it
 */
public record BackendConfig(Address address, boolean readOnly) {
    public BackendConfig {
        Objects.requireNonNull(address, "address");
    }
}
