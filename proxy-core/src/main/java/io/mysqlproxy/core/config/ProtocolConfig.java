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
 * @param policy what clients and servers may agree on
 * @param limits how much clients may ask for
 * @param wrapping what wraps the conversation
 */
public record ProtocolConfig(
        TlsConfig clientTls,
        TlsConfig backendTls,
        Optional<Path> passwordKey,
        Policy policy,
        Limits limits,
        Wrapping wrapping) {
    /** Clients in clear; backends with TLS if they offer it, as MySQL's own clients would. */
    public static final ProtocolConfig DEFAULT =
            new ProtocolConfig(TlsConfig.DISABLED, TlsConfig.mode(TlsMode.PREFERRED));

    /** No TLS and nothing else of the proxy's own. */
    public static final ProtocolConfig BARE =
            new ProtocolConfig(TlsConfig.DISABLED, TlsConfig.DISABLED).with(Policy.BARE);

    /** With everything else as it is if nobody says otherwise. */
    public ProtocolConfig(TlsConfig clientTls, TlsConfig backendTls) {
        this(clientTls, backendTls, Optional.empty(), Policy.DEFAULT, Limits.DEFAULT, Wrapping.NONE);
    }

    public ProtocolConfig {
        Objects.requireNonNull(clientTls, "clientTls");
        Objects.requireNonNull(backendTls, "backendTls");
        Objects.requireNonNull(passwordKey, "passwordKey");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(wrapping, "wrapping");
        if (clientTls.mode() == TlsMode.VERIFY_IDENTITY) {
            throw new ConfigException("clients have no host name to verify: ssl-mode goes up to verify_ca");
        }
    }

    /** The same with a key that is kept in a file. */
    public ProtocolConfig withPasswordKey(Path file) {
        return new ProtocolConfig(clientTls, backendTls, Optional.of(file), policy, limits, wrapping);
    }

    /** The same with another policy. */
    public ProtocolConfig with(Policy other) {
        return new ProtocolConfig(clientTls, backendTls, passwordKey, other, limits, wrapping);
    }

    /** The same with other limits. */
    public ProtocolConfig with(Limits other) {
        return new ProtocolConfig(clientTls, backendTls, passwordKey, policy, other, wrapping);
    }

    /** The same, wrapped in another way. */
    public ProtocolConfig with(Wrapping other) {
        return new ProtocolConfig(clientTls, backendTls, passwordKey, policy, limits, other);
    }
}
