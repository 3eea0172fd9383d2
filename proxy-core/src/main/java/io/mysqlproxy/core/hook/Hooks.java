package io.mysqlproxy.core.hook;

import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;

/**
 * The hooks of one session. Event loop of the session only; a call may run a script and take as long as the script takes.
 *
 * <p>Failures of scripts never come out of here: they have become a {@link Decision}, by the failure mode of the plugin.
 */
public interface Hooks {
    /** No script: costs nothing, decides nothing. */
    Hooks NONE = new Hooks() {};

    /** Whether a call of this hook can make a difference. Cheap: it is asked for each packet. */
    default boolean wants(Hook hook) {
        return false;
    }

    /** A backend is about to be chosen. {@link Decision.Plain#DROP}: use the pooled connection that was taken. */
    default Decision connectServer() {
        return Decision.PROCEED;
    }

    /** The greeting of a new server connection is there. */
    default Decision readHandshake() {
        return Decision.PROCEED;
    }

    /** The client's login packet is there. */
    default Decision readAuth() {
        return Decision.PROCEED;
    }

    /** A packet of the server in the login phase is there. */
    default Decision readAuthResult(Bytes packet) {
        return Decision.PROCEED;
    }

    /** A command of the client is complete. */
    default Decision readQuery(Bytes packet) {
        return Decision.PROCEED;
    }

    /** The answer to an injection is complete. {@link Decision.Plain#DROP}: the client does not get it. */
    default Decision readQueryResult(Injection injection) {
        return Decision.PROCEED;
    }

    /** The client connection ends. Called once. */
    default void disconnectClient() {}
}
