package io.mysqlproxy.script;

import java.util.Locale;

/** A function that a script may define, in the order of a connection's life (manual.md 2; lua-api.md 2.0). */
public enum Hook {
    /** Before a backend is chosen, once for every attempt. No argument. */
    CONNECT_SERVER,
    /** The greeting of a new server connection has arrived. No argument. */
    READ_HANDSHAKE,
    /** The client's login packet has arrived. No argument. */
    READ_AUTH,
    /** A packet of the server in the login phase has arrived. Argument: a record with {@code packet}. */
    READ_AUTH_RESULT,
    /** A command of the client is complete. Argument: its payload as {@link Bytes}. */
    READ_QUERY,
    /** The answer to an injected command is complete. Argument: the injection. */
    READ_QUERY_RESULT,
    /** The client connection ends. No argument; the result is ignored. */
    DISCONNECT_CLIENT;

    private final String scriptName = name().toLowerCase(Locale.ROOT);

    /** The name of the function in a script, {@code read_query} for example. */
    public String scriptName() {
        return scriptName;
    }
}
