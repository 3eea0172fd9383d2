package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.core.login.Mediation;
import io.mysqlproxy.core.login.Negotiation;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.session.Admission;
import io.mysqlproxy.core.session.AuthExchange;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.ChangeUser;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** COM_CHANGE_USER is with the server: an authentication exchange as a command, which changes the schema, too. */
final class ChangingUser extends AuthExchange {
    private final Turn turn;
    private final SchemaChange change;
    private final Injection injection;
    private boolean accepted;

    private ChangingUser(Turn turn, SchemaChange change, Injection injection, Mediation mediation) {
        super(mediation);
        this.turn = turn;
        this.change = change;
        this.injection = injection;
    }

    /** The client's own command; takes the packet over. */
    static Phase asked(Session s, Turn turn, SchemaChange change, Packet packet) {
        Leg server = s.server().leg();
        try {
            ChangeUser asked = ChangeUser.read(packet.payload(), s.client().capabilities());
            if (Negotiation.mustNotPass(s.client(), server, asked.authPlugin())) {
                ByteBuf out = s.client().peer().allocator().buffer();
                asked.withoutAnswer(Negotiation.NO_PLUGIN).write(out, server.capabilities());
                server.send(out);
            } else {
                server.confide(packet);
            }
            if (Login.isInClear(asked.authPlugin())) {
                Arrays.fill(asked.authResponse().bytes(), (byte) 0);
            }
            s.client().in().confidential(true);
            return new ChangingUser(turn, change, null, mediation(s, asked.authPlugin()));
        } finally {
            packet.wipe();
            packet.release();
        }
    }

    /** A script has queued it, and it was sent: the script is shown the last packet of the answer. */
    static Phase injected(Session s, Turn turn, SchemaChange change, Injection injection) {
        String plugin = s.client().login().plugin().toLatin1();
        s.client().in().confidential(true);
        return new ChangingUser(turn, change, injection, mediation(s, plugin));
    }

    @Override
    public boolean busy() {
        return true;
    }

    @Override
    public boolean serverIdle() {
        return accepted;
    }

    @Override
    protected Phase said(Session s, Packet p) {
        int kind = p.first();
        if (kind == OK && s.plugin().crowd().users().limited()) {
            Bytes user = change.user(s);
            if (user != null && !Admission.granted(s, user)) {
                p.release();
                return Admission.refused(s, user);
            }
        }
        if (injection != null && (kind == OK || kind == ERR)) {
            return ended(s, p, kind);
        }
        pass(s, p);
        return switch (kind) {
            case OK -> changed(s);
            case ERR -> refused(s);
            default -> this;
        };
    }

    private Phase changed(Session s) {
        s.server().authenticated(true);
        s.server().cleared();
        change.userChanged(s);
        over(s);
        return turn.answered(s);
    }

    private Phase refused(Session s) {
        over(s);
        return turn.answered(s);
    }

    private void over(Session s) {
        change.forget();
        s.client().expectsPasswords();
    }

    @Override
    public void abandoned() {
        super.abandoned();
        change.forget();
    }

    private Phase ended(Session s, Packet p, int kind) {
        if (kind == OK) {
            accepted = true;
            s.server().cleared();
            change.userChanged(s);
        }
        over(s);
        return turn.queue().onePacket(s, injection, p);
    }
}
