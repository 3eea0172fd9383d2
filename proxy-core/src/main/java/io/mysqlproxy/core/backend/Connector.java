package io.mysqlproxy.core.backend;

/** Makes connections to backends without waiting for them. */
@FunctionalInterface
public interface Connector {
    /** Starts an attempt; the outcome is told on the same event loop, later or before this returns. */
    void connect(Backend backend, Asker asker);

    /** Whoever wants a connection: hears how the attempt ended, by exactly one of these, once, and owns what came of it. */
    interface Asker extends ServerOwner {
        /** It is connected. */
        void connected(ServerPeer peer);

        /** It failed or took too long. */
        void refused(Throwable cause);

        /** Whether it is for the client: if not, the server is told nothing of who that is. */
        default boolean forClient() {
            return true;
        }
    }
}
