package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Greeting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between commands: the client's turn. A server that speaks now says goodbye (W-40). */
public final class Ready implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(Ready.class);
    private static final int ERR = 0xFF;

    @Override
    public Phase entered(Session s) {
        s.timer().ended();
        s.patience().ended();
        if (s.patience().unsettled()) {
            return s.patience().settle(() -> this);
        }
        return s.ending().finishing() ? s.ending().finished() : this;
    }

    @Override
    public boolean betweenCommands() {
        return true;
    }

    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase serverBytes(Session s) {
        Packet p = s.server().leg().nextCommand();
        return p == null ? this : fromServer(s, p);
    }

    @Override
    public Phase clientBytes(Session s) {
        if (Upstream.isLong(s.client())) {
            return fromClientInPieces(s);
        }
        Packet p = s.client().nextCommand();
        return p == null ? this : fromClient(s, p);
    }

    /** A long command that goes on to the server is not collected first. */
    private Phase fromClientInPieces(Session s) {
        Packet head = Upstream.head(s.client());
        try {
            if (gathered(s, head)) {
                s.timer().began(head, s.client().capabilities());
                return new Gathering();
            }
            if (Forwarding.needsWhole(head)) {
                Upstream.check(s.client());
                Packet whole = s.client().nextCommand();
                return whole == null ? this : fromClient(s, whole);
            }
            s.timer().began(head, s.client().capabilities());
            return Forwarding.stream(s, new Turn(head), head);
        } finally {
            head.release();
        }
    }

    /** Whether a script wants to see it, or it has to be there as a whole to be put into the layout of the server's side. */
    private static boolean gathered(Session s, Packet p) {
        return s.hooks().wants(Hook.READ_QUERY) || Turn.redressed(s, p.first());
    }

    @Override
    public boolean serverIdle() {
        return true;
    }

    @Override
    public Phase fromClient(Session s, Packet p) {
        if (p.first() == Command.COM_CHANGE_USER.code() && breaksOnChangeUser(s.server())) {
            p.release();
            Answer.error("COM_CHANGE_USER is broken on 5.1.14-.17, please upgrade the MySQL Server")
                    .send(s.client());
            return this;
        }
        s.timer().began(p, s.client().capabilities());
        if (gathered(s, p)) {
            return new Gathering().fromClient(s, p);
        }
        return Forwarding.begin(s, new Turn(p), p, s.client().capabilities());
    }

    /** lua-api.md 2.5. */
    private static boolean breaksOnChangeUser(ServerLink server) {
        if (server == null) {
            return false;
        }
        long version = Greeting.versionNumber(server.leg().greeting().serverVersion());
        return version > 50113 && version < 50118;
    }

    @Override
    public Phase fromServer(Session s, Packet p) {
        if (p.first() != ERR) {
            throw s.unexpected(this, "server packet", p);
        }
        LOG.info("{} ended the idle connection", s.server().backend());
        s.client().sequence(0);
        s.client().forward(p);
        return s.closed(CloseReason.SERVER_LOST);
    }
}
