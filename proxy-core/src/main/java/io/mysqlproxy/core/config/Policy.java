package io.mysqlproxy.core.config;

import java.util.Objects;
import java.util.Optional;

/**
 * What clients and servers may agree on through the proxy, and what the proxy does with servers of its own accord.
 *
 * @param queryAttributes whether clients may send query attributes along with statements
 * @param sessionTrack whether servers are asked for session state changes that the client does not want
 * @param localInfile whether servers may ask clients for files
 * @param mariadbBulk whether MariaDB's clients and servers may use bulk execution, and execute before they know what was prepared
 * @param killOnDisconnect whether the statement of a client that is gone is to end on its server, where that can be done
 * @param killAccount who ends statements on servers in the proxy's name; without it they end where a pool has a connection
 */
public record Policy(
        boolean queryAttributes,
        boolean sessionTrack,
        boolean localInfile,
        boolean mariadbBulk,
        boolean killOnDisconnect,
        Optional<KillAccount> killAccount) {
    /** Everything; statements of clients that are gone run on. */
    public static final Policy DEFAULT = new Policy(true, true, true, true, false, Optional.empty());

    /** Nothing that clients and servers of ten years ago would not have agreed on without the proxy. */
    public static final Policy BARE = new Policy(false, false, true, false, false, Optional.empty());

    public Policy {
        Objects.requireNonNull(killAccount, "killAccount");
    }

    /** The same, with query attributes or without. */
    public Policy withQueryAttributes(boolean relayed) {
        return new Policy(relayed, sessionTrack, localInfile, mariadbBulk, killOnDisconnect, killAccount);
    }

    /** The same, with files of clients or without. */
    public Policy withLocalInfile(boolean allowed) {
        return new Policy(queryAttributes, sessionTrack, allowed, mariadbBulk, killOnDisconnect, killAccount);
    }

    /** The same, with MariaDB's bulk execution or without. */
    public Policy withMariadbBulk(boolean relayed) {
        return new Policy(queryAttributes, sessionTrack, localInfile, relayed, killOnDisconnect, killAccount);
    }

    /** The same, but statements of clients that are gone end. */
    public Policy killingOnDisconnect() {
        return new Policy(queryAttributes, sessionTrack, localInfile, mariadbBulk, true, killAccount);
    }

    /** The same with an account to end statements with. */
    public Policy with(KillAccount account) {
        return new Policy(
                queryAttributes, sessionTrack, localInfile, mariadbBulk, killOnDisconnect, Optional.of(account));
    }
}
