package io.mysqlproxy.core.backend;

import io.mysqlproxy.core.leg.Peer;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;

/**
 * Whoever has a connection to a server at the moment, a session or a pool, and is told what happens on it.
 *
 * <p>All methods but {@link #executor} are called on that executor. Since a connection may change hands while an event is on
 * its way, each names the connection it is about.
 */
public interface ServerOwner {
    /** Bytes of the server have come in; takes them over. */
    void fromServer(Peer peer, ByteBuf bytes);

    /** No more bytes are at hand just now. */
    void received(Peer peer);

    /** The connection has begun, or ceased, to drain what it is sent. */
    void writabilityChanged(Peer peer);

    /** The connection has ended. */
    void serverClosed(Peer peer);

    /**
     * TLS, which was asked for, stands or failed.
     *
     * @param failure why it failed; null if it stands
     */
    default void secured(Peer peer, Throwable failure) {}

    /** Something went wrong on the connection that is neither an end nor the server's doing. */
    void fail(Throwable cause);

    /** Where this owner lives. */
    Executor executor();
}
