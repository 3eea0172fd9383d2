package io.mysqlproxy.core.config;

import java.time.Duration;

/**
 * How long to wait (lua-api.md 7).
 *
 * @param connect for a connection to a backend
 * @param read for a byte from either side, an idle client included
 * @param write for a socket to take a byte
 * @param handshake for each step of a login
 */
public record Timeouts(Duration connect, Duration read, Duration write, Duration handshake) {
    /** 2 s, 8 h, 8 h. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(2), Duration.ofHours(8), Duration.ofHours(8));

    public Timeouts {
        check("connect-timeout", connect);
        check("read-timeout", read);
        check("write-timeout", write);
        check("handshake-timeout", handshake);
    }

    /** With 10 s for each step of a login, as MySQL has it. */
    public Timeouts(Duration connect, Duration read, Duration write) {
        this(connect, read, write, Duration.ofSeconds(10));
    }

    private static void check(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new ConfigException(name + " has to be longer than 0 seconds, is " + value.toMillis() / 1000.0);
        }
    }
}
