package io.mysqlproxy.core.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a listener and its backends speak: what is a matter of a leg, and of no script.
 *
 * @param clientTls between clients and the proxy
 * @param backendTls between the proxy and backends
 * @param passwordKey the RSA key that clients without TLS encrypt passwords for; made up if there is none
 * @param queryAttributes whether clients may send query attributes along with statements
 */
public record ProtocolConfig(
        TlsConfig clientTls, TlsConfig backendTls, Optional<Path> passwordKey, boolean queryAttributes) {
    /** Clients in clear; backends with TLS if they offer it, as MySQL's own clients would. */
    public static final ProtocolConfig DEFAULT =
            new ProtocolConfig(TlsConfig.DISABLED, TlsConfig.mode(TlsMode.PREFERRED));

    /** With a key that is made up. */
    public ProtocolConfig(TlsConfig clientTls, TlsConfig backendTls) {
        this(clientTls, backendTls, Optional.empty(), true);
    }

    /** The same with a key that is kept in a file. */
    public ProtocolConfig withPasswordKey(Path file) {
        return new ProtocolConfig(clientTls, backendTls, Optional.of(file), queryAttributes);
    }

    /** The same with or without query attributes. */
    public ProtocolConfig withQueryAttributes(boolean relayed) {
        return new ProtocolConfig(clientTls, backendTls, passwordKey, relayed);
    }

    public ProtocolConfig {
        Objects.requireNonNull(clientTls, "clientTls");
        Objects.requireNonNull(backendTls, "backendTls");
        if (clientTls.mode() == TlsMode.VERIFY_IDENTITY) {
            throw new ConfigException("clients have no host name to verify: ssl-mode goes up to verify_ca");
        }
    }
}
