package io.mysqlproxy.core.config;

import java.util.Objects;
import java.util.Optional;

/**
 * What clients and servers may agree on through the proxy, and what the proxy does with servers of its own accord.
 *
 * @param queryAttributes whether clients may send query attributes along with statements
 * @param sessionTrack whether servers are asked for session state changes that the client does not want
 * @param localInfile whether servers may ask clients for files
 * @param killOnDisconnect whether the statement of a client that is gone is to end on its server, where that can be done
 * @param killAccount who ends statements on servers in the proxy's name; without it they end where a pool has a connection
 */
public record Policy(
        boolean queryAttributes,
        boolean sessionTrack,
        boolean localInfile,
        boolean killOnDisconnect,
        Optional<KillAccount> killAccount) {
    /** Everything. */
    public static final Policy DEFAULT = new Policy(true, true, true);

    public Policy {
        Objects.requireNonNull(killAccount, "killAccount");
    }

    /** Without an account of the proxy's own. */
    public Policy(boolean queryAttributes, boolean sessionTrack, boolean localInfile, boolean killOnDisconnect) {
        this(queryAttributes, sessionTrack, localInfile, killOnDisconnect, Optional.empty());
    }

    /** Statements of clients that are gone run on. */
    public Policy(boolean queryAttributes, boolean sessionTrack, boolean localInfile) {
        this(queryAttributes, sessionTrack, localInfile, false);
    }

    /** Nothing that clients and servers of ten years ago would not have agreed on without the proxy. */
    public static final Policy BARE = new Policy(false, false, true);

    /** The same with an account to end statements with. */
    public Policy with(KillAccount account) {
        return new Policy(queryAttributes, sessionTrack, localInfile, killOnDisconnect, Optional.of(account));
    }
}
