package io.mysqlproxy.core.backend;

import io.mysqlproxy.core.leg.Peer;

/** A connection to a server, which can change hands. */
public interface ServerPeer extends Peer {
    /**
     * Says who is told about this connection from now on. What is on its way already still goes to the one before; only of its end
     * the new owner always hears, even if that is past, and maybe twice.
     */
    void owner(ServerOwner owner);

    /** Whether the connection has ended. */
    boolean ended();
}
