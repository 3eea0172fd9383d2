package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.EndlessReply;
import io.netty.buffer.ByteBuf;

/**
 * A command whose answer never ends (COM_BINLOG_DUMP and its kin): bytes pass in both directions until someone closes.
 *
 * <p>A server that refuses such a command stays in the command phase, and so does the session: or else everybody who may not
 * dump a binary log could get past the script by asking for one.
 */
final class Tunnel implements Phase {
    private static final int ERR = 0xFF;

    private final Turn turn;
    private final Injection injection;
    private boolean streaming;

    /** @param injection the command if a script queued it: it is shown the first packet; null if it is the client's own */
    Tunnel(Turn turn, Injection injection) {
        this.turn = turn;
        this.injection = injection;
    }

    @Override
    public boolean hearsClient() {
        return streaming;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        ByteBuf bytes = s.client().in().drain();
        if (bytes != null) {
            s.server().leg().relay(bytes);
        }
        return this;
    }

    @Override
    public Phase serverBytes(Session s) {
        if (!streaming) {
            return Phase.super.serverBytes(s);
        }
        ByteBuf bytes = s.server().leg().in().drain();
        if (bytes != null) {
            s.client().relay(bytes);
        }
        return this;
    }

    /** The first packet. */
    @Override
    public Phase fromServer(Session s, Packet p) {
        streaming = p.first() != ERR;
        if (injection != null) {
            return injected(s, p);
        }
        s.client().forward(p);
        return streaming ? this : turn.answered(s);
    }

    /** A refusal is an answer like others. Whatever the script makes of anything else, the stream has begun. */
    private Phase injected(Session s, Packet p) {
        if (!streaming) {
            return turn.queue().onePacket(s, injection, p);
        }
        Capabilities capabilities = s.server().leg().capabilities();
        HeldAnswer held = injection.buffered() ? HeldAnswer.of(p, capabilities) : null;
        injection.answering();
        injection.answered(new EndlessReply(capabilities).summary(), held);
        s.client().forward(p);
        if (s.hooks().wants(Hook.READ_QUERY_RESULT)) {
            s.hooks().readQueryResult(injection);
        }
        return s.server() == null ? s.closed(CloseReason.CLOSED_BY_SCRIPT) : this;
    }
}
