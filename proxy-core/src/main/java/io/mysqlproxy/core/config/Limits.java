package io.mysqlproxy.core.config;

import java.util.Objects;

/**
 * How much clients may ask for.
 *
 * @param maxConnections clients at the same time; 0 for as many as there are
 * @param maxAllowedPacket longest command that is gathered for a script
 * @param sessionBytes what one session may hold of commands and answers for its script
 * @param totalBytes what all sessions together may hold
 * @param allowance what one of them may take for itself
 */
public record Limits(
        int maxConnections, long maxAllowedPacket, long sessionBytes, long totalBytes, Allowance allowance) {
    private static final long GIBIBYTE = 1L << 30;

    /** MySQL's longest packet for each client, and all of them together leave half of the heap to everything else. */
    public static final Limits DEFAULT =
            new Limits(0, GIBIBYTE, GIBIBYTE, Runtime.getRuntime().maxMemory() / 2);

    public Limits {
        check("max-connections", maxConnections, 0, Integer.MAX_VALUE);
        check("max-allowed-packet", maxAllowedPacket, 1024, GIBIBYTE);
        check("max-session-bytes", sessionBytes, 1024, Long.MAX_VALUE);
        check("max-total-bytes", totalBytes, 1024, Long.MAX_VALUE);
        Objects.requireNonNull(allowance, "allowance");
    }

    /** Everything else is up to the client. */
    public Limits(int maxConnections, long maxAllowedPacket, long sessionBytes, long totalBytes) {
        this(maxConnections, maxAllowedPacket, sessionBytes, totalBytes, Allowance.UNLIMITED);
    }

    /** The same with another allowance. */
    public Limits with(Allowance other) {
        return new Limits(maxConnections, maxAllowedPacket, sessionBytes, totalBytes, other);
    }

    private static void check(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new ConfigException(name + " has to be from " + from + " to " + to + ", is " + value);
        }
    }
}
