package io.mysqlproxy.core.config;

/**
 * What clients and servers may agree on through the proxy.
 *
 * @param queryAttributes whether clients may send query attributes along with statements
 * @param sessionTrack whether servers are asked for session state changes that the client does not want
 * @param localInfile whether servers may ask clients for files
 */
public record Policy(boolean queryAttributes, boolean sessionTrack, boolean localInfile) {
    /** Everything. */
    public static final Policy DEFAULT = new Policy(true, true, true);

    /** Nothing that clients and servers of ten years ago would not have agreed on without the proxy. */
    public static final Policy BARE = new Policy(false, false, true);
}
