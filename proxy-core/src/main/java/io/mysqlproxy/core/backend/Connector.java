package io.mysqlproxy.core.backend;

/** Makes connections to backends without waiting for them. */
@FunctionalInterface
public interface Connector {
    /** Starts an attempt; the outcome is told on the same event loop, later or before this returns. */
    void connect(Backend backend, Outcome outcome);

    /** How an attempt ended; exactly one of these is called, once. */
    interface Outcome {
        /** It is connected. The peer's bytes and its end go to the session that asked. */
        void connected(ServerPeer peer);

        /** It failed or took too long. */
        void refused(Throwable cause);
    }
}
