package io.mysqlproxy.launcher.server;

/** A database server cannot be had here. The message says what is missing, for the user. */
public final class ServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is missing or went wrong */
    public ServerException(String message) {
        super(message);
    }

    /**
     * @param message what is missing or went wrong
     * @param cause what went wrong underneath
     */
    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
