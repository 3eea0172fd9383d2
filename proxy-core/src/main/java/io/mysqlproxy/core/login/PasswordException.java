package io.mysqlproxy.core.login;

/** A client's password that cannot be passed on to the server, and why; the text is for the client. No stack: it is the peer's. */
public final class PasswordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what to do about it */
    public PasswordException(String message) {
        super(message, null, false, false);
    }
}
