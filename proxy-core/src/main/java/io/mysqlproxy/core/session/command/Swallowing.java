package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.wire.Framing;
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
        return in.finished() ? ended(s) : this;
    }

    /** All of it is through; if it ended in a request for a file, there is none. */
    Phase ended(Session s) {
        return reader.wantsLocalInfile() ? Uploading.refused(turn, s) : turn.next(s);
    }
}
