package io.mysqlproxy.core.config;

/** How much TLS a leg wants, in the words of MySQL's clients; each mode asks for what the ones before it do. */
public enum TlsMode {
    /** None: not offered to clients, not asked of servers. */
    DISABLED,
    /** If the other side can; nobody's certificate is checked. */
    PREFERRED,
    /** Or no conversation at all. */
    REQUIRED,
    /** And the other side's certificate has to be signed by the configured authority. */
    VERIFY_CA,
    /** And it has to be the certificate of the host that was connected to. Of servers only. */
    VERIFY_IDENTITY;

    /** Whether this mode asks for at least what another does. */
    public boolean asks(TlsMode other) {
        return compareTo(other) >= 0;
    }
}
