package io.mysqlproxy.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * TLS on one leg.
 *
 * @param mode how much of it
 * @param cert our certificate, and those it was signed with, as PEM; towards clients one is made up if there is none
 * @param key its private key as PEM
 * @param ca the authorities that sign the other side's certificate, as PEM
 * @param versions protocol versions, {@code TLSv1.2} for example
 */
public record TlsConfig(
        TlsMode mode, Optional<Path> cert, Optional<Path> key, Optional<Path> ca, List<String> versions) {
    /** What is neither outdated nor unknown to today's clients and servers. */
    public static final List<String> VERSIONS = List.of("TLSv1.2", "TLSv1.3");

    /** No TLS. */
    public static final TlsConfig DISABLED = mode(TlsMode.DISABLED);

    public TlsConfig {
        versions = List.copyOf(versions);
        if (cert.isPresent() != key.isPresent()) {
            throw new ConfigException("ssl-cert and ssl-key are of no use without each other");
        }
        if (mode.asks(TlsMode.VERIFY_CA) && ca.isEmpty()) {
            throw new ConfigException("to verify certificates ssl-ca has to name an authority");
        }
        if (versions.isEmpty() || !VERSIONS.containsAll(versions)) {
            throw new ConfigException("tls-version has to be some of " + VERSIONS + ", is " + versions);
        }
    }

    /** A mode without any files. */
    public static TlsConfig mode(TlsMode mode) {
        return new TlsConfig(mode, Optional.empty(), Optional.empty(), Optional.empty(), VERSIONS);
    }

    /** Whether there is any TLS. */
    public boolean enabled() {
        return mode != TlsMode.DISABLED;
    }
}
