package io.mysqlproxy.core.session;

import io.mysqlproxy.wire.Packet;
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
    private boolean streaming;

    Tunnel(Turn turn) {
        this.turn = turn;
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
        s.client().forward(p);
        return streaming ? this : turn.answered(s);
    }
}
