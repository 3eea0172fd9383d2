package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.wire.Framing;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.ResponseReader;
import io.netty.util.ReferenceCountUtil;

/** The server has something to say that nobody wants to hear. */
final class Swallowing implements Phase {
    private final Turn turn;
    private final ResponseReader reader;

    Swallowing(Turn turn, ResponseReader reader) {
        this.turn = turn;
        this.reader = reader;
    }

    @Override
    public boolean busy() {
        return true;
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase clientClosed(Session s) {
        return turn.clientLeft(s, this);
    }

    @Override
    public Phase serverBytes(Session s) {
        Framing in = s.server().leg().in();
        ReferenceCountUtil.release(in.run(reader, 0));
        if (in.stopped()) {
            return Phase.super.serverBytes(s);
        }
        return in.finished() ? ended(s) : this;
    }

    /** An error that was to be looked at. */
    @Override
    public Phase fromServer(Session s, Packet p) {
        boolean end = reader.accept(p);
        p.release();
        return end ? ended(s) : this;
    }

    @Override
    public boolean unanswered() {
        return turn.sent() == 0;
    }

    /** All of it is through; if it ended in a request for a file, there is none. */
    Phase ended(Session s) {
        s.server().answered(reader);
        return reader.wantsLocalInfile() ? Uploading.refused(turn, s) : turn.next(s);
    }
}
