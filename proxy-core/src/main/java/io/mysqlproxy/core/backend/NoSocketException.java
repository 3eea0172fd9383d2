package io.mysqlproxy.core.backend;

import java.net.ConnectException;

/** There is no socket left to connect with: nothing is wrong with the backend. */
public final class NoSocketException extends ConnectException {
    private static final long serialVersionUID = 1L;

    /** @param reason the system's words and number */
    public NoSocketException(String reason) {
        super(reason);
    }
}
