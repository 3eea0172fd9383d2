package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Errand;
import io.mysqlproxy.core.backend.ServerLink;
import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.query.KillStatement;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.packet.Err;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client wants to end another one, or what that one runs, by the id that the other knows itself by. The server that gets to
 * hear of it has to be the one the other client is with, and the id the one it has there (W-44).
 */
final class Killing implements Phase {
    private static final Logger LOG = LoggerFactory.getLogger(Killing.class);

    /** Where the other client is. */
    private record Place(Backend backend, long id, Bytes user) {
        static Place of(Session other) {
            ServerLink link = other.server();
            return link == null || other.client().login() == null
                    ? null
                    : new Place(
                            link.backend(),
                            link.leg().greeting().threadId(),
                            other.client().login().user());
        }
    }

    private final Turn turn;
    private final KillStatement kill;
    private final Set<Session> others;
    private Packet asked;

    private Killing(Turn turn, KillStatement kill, Set<Session> others, Packet asked) {
        this.turn = turn;
        this.kill = kill;
        this.others = others;
        this.asked = asked;
    }

    /**
     * A command that may be one to kill.
     *
     * @param asked all of it; taken over unless it is something else
     * @param layout the flags that say how it looks
     * @return null if it is something else, or names nobody the proxy knows
     */
    static Phase of(Session s, Turn turn, Packet asked, Capabilities layout) {
        KillStatement kill = KillStatement.of(asked, layout);
        Set<Session> others = kill == null ? Set.of() : s.plugin().roster().of(kill.id());
        return others.isEmpty() ? null : new Killing(turn, kill, others, asked);
    }

    @Override
    public boolean busy() {
        return true;
    }

    @Override
    public boolean serverIdle() {
        return true;
    }

    @Override
    public void abandoned() {
        if (asked != null) {
            asked.release();
            asked = null;
        }
    }

    @Override
    public Phase entered(Session s) {
        if (others.size() > 1) {
            LOG.info("KILL of {}: {} clients know themselves by this id", kill.id(), others.size());
            return unknown(s);
        }
        Session other = others.iterator().next();
        if (other == s) {
            return found(s, other, Place.of(s));
        }
        CompletableFuture.supplyAsync(() -> Place.of(other), other.executor())
                .whenCompleteAsync((place, fault) -> s.go(this, () -> found(s, other, place)), s.executor());
        return this;
    }

    private Phase found(Session s, Session other, Place place) {
        if (place == null) {
            return unknown(s);
        }
        if (place.backend() == s.server().backend()) {
            return sameServer(s, place);
        }
        if (!place.user().equals(s.client().login().user())) {
            return unknown(s);
        }
        boolean sent = Errand.send(
                place.backend(),
                place.user(),
                server -> KillStatement.statement(kill.text(place.id()), server),
                s.executor(),
                err -> s.go(this, () -> answered(s, err)));
        return sent ? this : withoutConnection(s, other);
    }

    /** The server judges who may kill whom; all it needs is the id it knows. */
    private Phase sameServer(Session s, Place place) {
        Packet command = asked;
        asked = null;
        if (place.id() == kill.id()) {
            return Forwarding.pass(s, turn, command);
        }
        command.release();
        s.server().leg().beginCommand();
        s.server().leg().send(kill.payload(place.id(), s.server().leg().capabilities()));
        return new Relaying(turn, turn.reader(s), false);
    }

    /** Nobody can speak with that server in the user's name: a connection can still be ended from this side. */
    private Phase withoutConnection(Session s, Session other) {
        if (kill.isQuery()) {
            LOG.info("KILL QUERY of {}: no idle connection of this user to its server", kill.id());
            return unknown(s);
        }
        other.executor().execute(() -> other.end(CloseReason.KILLED));
        return answered(s, null);
    }

    private Phase answered(Session s, Err err) {
        return done(s, err == null ? new Answer.Okay(0, 0, 0) : Answer.error(err));
    }

    private Phase unknown(Session s) {
        String text = "Unknown thread id: " + kill.id();
        return done(s, new Answer.Error(ErrorCode.NO_SUCH_THREAD, "HY000", Bytes.latin1(text)));
    }

    private Phase done(Session s, Answer answer) {
        abandoned();
        answer.send(s.client());
        return turn.answered(s);
    }
}
