package io.mysqlproxy.core.config;

/**
 * What clients and servers may agree on through the proxy.
 *
 * @param queryAttributes whether clients may send query attributes along with statements
 * @param sessionTrack whether servers are asked for session state changes that the client does not want
 * @param localInfile whether servers may ask clients for files
 * @param killOnDisconnect whether the statement of a client that is gone is to end on its server, where that can be done
 * @param mariadbBulk whether MariaDB's clients and servers may use bulk execution, and execute before they know what was prepared
 */
public record Policy(
        boolean queryAttributes,
        boolean sessionTrack,
        boolean localInfile,
        boolean killOnDisconnect,
        boolean mariadbBulk) {
    /** Everything. */
    public static final Policy DEFAULT = new Policy(true, true, true);

    /** Statements of clients that are gone run on. */
    public Policy(boolean queryAttributes, boolean sessionTrack, boolean localInfile) {
        this(queryAttributes, sessionTrack, localInfile, false, true);
    }

    /** Nothing that clients and servers of ten years ago would not have agreed on without the proxy. */
    public static final Policy BARE = new Policy(false, false, true, false, false);
}
