package io.mysqlproxy.core.leg;

/** Why a session ended. */
public enum CloseReason {
    /** The client closed its connection or said COM_QUIT. */
    CLIENT_LEFT("client closed the connection"),
    /** The server closed its connection. */
    SERVER_LOST("server closed the connection"),
    /** No backend could be reached. */
    NO_BACKEND("no backend could be reached"),
    /** The server refused the connection or the login. */
    REFUSED_BY_SERVER("refused by the server"),
    /** A script refused the connection or the login. */
    REFUSED_BY_SCRIPT("refused by the script"),
    /** A script asked for it. */
    CLOSED_BY_SCRIPT("closed by the script"),
    /** There are as many clients of its kind as may be. */
    LIMIT("too many of its kind"),
    /** An administrator's login was refused. */
    LOGIN_REFUSED("login refused"),
    /** An administrator asked for it. */
    KILLED("killed by an administrator"),
    /** A peer broke the protocol. */
    PROTOCOL("protocol error"),
    /** Nothing was heard or taken for too long. */
    TIMEOUT("timeout"),
    /** The proxy stops. */
    SHUTDOWN("shutdown"),
    /** A fault of the proxy. */
    INTERNAL("internal error");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** For the log. */
    public String text() {
        return text;
    }
}
