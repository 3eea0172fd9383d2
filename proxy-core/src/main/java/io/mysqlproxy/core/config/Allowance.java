package io.mysqlproxy.core.config;

import java.time.Duration;

/**
 * What one client may take for itself (protocol.md 9). Zero stands for any number, and any time.
 *
 * @param query how long a statement may run
 * @param transaction how long a transaction may wait for its client
 * @param userConnections clients of one user name at the same time
 * @param addressConnections clients from one address at the same time
 * @param preparedStatements prepared statements of one client
 */
public record Allowance(
        Duration query, Duration transaction, int userConnections, int addressConnections, int preparedStatements) {
    /** Everything. */
    public static final Allowance UNLIMITED = new Allowance(Duration.ZERO, Duration.ZERO, 0, 0, 0);

    public Allowance {
        check("query-timeout", !query.isNegative(), query);
        check("transaction-timeout", !transaction.isNegative(), transaction);
        check("max-user-connections", userConnections >= 0, userConnections);
        check("max-address-connections", addressConnections >= 0, addressConnections);
        check("max-prepared-statements", preparedStatements >= 0, preparedStatements);
    }

    private static void check(String name, boolean fits, Object value) {
        if (!fits) {
            throw new ConfigException(name + " has to be 0 or more, is " + value);
        }
    }

    /** The same with limits of time. */
    public Allowance with(Duration forQuery, Duration forTransaction) {
        return new Allowance(forQuery, forTransaction, userConnections, addressConnections, preparedStatements);
    }
}
