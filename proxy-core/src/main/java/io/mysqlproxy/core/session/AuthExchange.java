package io.mysqlproxy.core.session;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.login.Mediation;
import io.mysqlproxy.core.login.PasswordException;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ProtocolException;
import io.mysqlproxy.wire.response.ResponseTranslator;
import io.mysqlproxy.wire.response.SimpleReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authentication exchange until OK or ERR: switches, more data, factors and answers of whatever plugin pass in both
 * directions, since either side knows whose turn it is (W-16, R2; lua-api.md 2.4).
 */
public abstract class AuthExchange implements Phase {
    /** First byte of the last packet of an exchange that succeeded. */
    protected static final int OK = 0x00;

    /** First byte of the last packet of an exchange that failed. */
    protected static final int ERR = 0xFF;

    private static final Logger LOG = LoggerFactory.getLogger(AuthExchange.class);

    private final Mediation mediation;

    /** @param mediation follows the exchange from the client's first answer on */
    protected AuthExchange(Mediation mediation) {
        this.mediation = mediation;
    }

    /** What follows an answer that the client has just given. */
    public static Mediation mediation(Session s, String plugin) {
        return new Mediation(s.plugin().passwordKey(), plugin, s.server().leg().challenge());
    }

    /**
     * The server has said something that concerns the client.
     *
     * @param p taken over
     */
    protected abstract Phase said(Session s, Packet p);

    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        Packet packet = s.client().nextOfLogin();
        return packet == null ? this : fromClient(s, packet);
    }

    @Override
    public Phase fromClient(Session s, Packet p) {
        try {
            if (mediation.fromClient(p, s.client(), s.server().leg())) {
                s.server().leg().confide(p);
            }
            return this;
        } catch (PasswordException e) {
            return denied(s, e);
        } finally {
            p.wipe(); // of whatever plugin: many send the password itself in one step or another
            p.release();
        }
    }

    @Override
    public Phase fromServer(Session s, Packet p) {
        try {
            if (!mediated(s, p)) {
                p.release();
                return this;
            }
        } catch (PasswordException e) {
            return denied(s, e);
        }
        s.client().challenge(mediation.challenge()); // what the client hears of now is what it answers
        return said(s, p);
    }

    /** Many clients would rather leave than say their password without TLS, and tell their user only half of it. */
    @Override
    public Phase clientClosed(Session s) {
        if (mediation.awaitsPassword() && !s.client().peer().secure()) {
            LOG.warn(
                    "the client left when the server wanted its whole password: without TLS it has to ask for the key"
                            + " (get-server-public-key), or offer it TLS (--{}-ssl-mode=preferred)",
                    s.plugin().name());
        }
        return Phase.super.clientClosed(s);
    }

    /** Whether the packet is for the client. */
    private boolean mediated(Session s, Packet p) {
        try {
            return mediation.fromServer(p, s.client(), s.server().leg());
        } catch (ProtocolException | PasswordException e) {
            p.release();
            throw e;
        } finally {
            s.server().leg().challenge(mediation.challenge());
        }
    }

    /** The one thing a client can do wrong that the server never hears of. */
    private static Phase denied(Session s, PasswordException why) {
        new Answer.Error(ErrorCode.ACCESS_DENIED_ERROR, "28000", Bytes.utf8(why.getMessage())).send(s.client());
        return s.closed(CloseReason.PROTOCOL);
    }

    @Override
    public void abandoned() {
        mediation.abandoned();
    }

    /** Passes a packet on; the last word is the first packet whose form depends on what was negotiated. */
    protected static void pass(Session s, Packet p) {
        Leg client = s.client();
        Capabilities from =
                s.server() == null ? client.capabilities() : s.server().leg().capabilities();
        if (p.first() != OK || !ResponseTranslator.needed(from, client.capabilities())) {
            client.forward(p);
            return;
        }
        try {
            new ResponseTranslator(new SimpleReply(from), client.capabilities())
                    .accept(p, client.peer().allocator(), client);
        } finally {
            p.release();
        }
    }
}
