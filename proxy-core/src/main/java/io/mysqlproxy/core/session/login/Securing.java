package io.mysqlproxy.core.session.login;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS with the server is being set up; the login waits for it, and goes nowhere if it fails. */
final class Securing implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(Securing.class);

    private final boolean scripted;
    private ByteBuf login;

    /**
     * @param login the payload; taken over
     * @param scripted whether a script made it
     */
    Securing(ByteBuf login, boolean scripted) {
        this.login = login;
        this.scripted = scripted;
    }

    @Override
    public boolean isLogin() {
        return true;
    }

    @Override
    public Phase serverSecured(Session s) {
        Leg server = s.server().leg();
        ByteBuf waited = login;
        login = null;
        server.confide(waited);
        return ServerLogin.authenticating(s, scripted);
    }

    @Override
    public Phase serverRefused(Session s, Throwable cause) {
        String why = cause.getMessage() == null ? "the server closed the connection" : cause.getMessage();
        LOG.warn("TLS with {} failed: {}", s.server().backend(), why);
        return ServerLogin.refused(s, why);
    }

    @Override
    public void abandoned() {
        if (login != null) {
            login.release();
            login = null;
        }
    }
}
