package io.mysqlproxy.core.session;

import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.ResponseReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A command that a script queued is with the server, and its answer is held until the script has seen it. */
final class Holding implements Phase {
    private final Turn turn;
    private final Injection injection;
    private final ResponseReader reader;
    private final boolean binary;
    private final List<byte[]> payloads = new ArrayList<>();
    private boolean joining;

    /** @param binary whether rows are in the binary form */
    Holding(Turn turn, Injection injection, ResponseReader reader, boolean binary) {
        this.turn = turn;
        this.injection = injection;
        this.reader = reader;
        this.binary = binary;
    }

    @Override
    public boolean serverIdle() {
        return reader.complete() && !reader.wantsLocalInfile();
    }

    @Override
    public boolean hearsServer() {
        return true;
    }

    @Override
    public Phase fromServer(Session s, Packet p) {
        injection.answering();
        boolean end;
        try {
            end = reader.accept(p);
            keep(p);
        } finally {
            p.release();
        }
        if (!end) {
            return this;
        }
        s.server().statements().answered(reader);
        injection.answered(
                reader.summary(), new HeldAnswer(payloads, s.server().leg().capabilities(), binary));
        return turn.held(s, injection);
    }

    /** Logical packets are kept whole, so that nobody has to know how they travelled (D-22). */
    private void keep(Packet p) {
        byte[] payload;
        int at = 0;
        if (joining) {
            byte[] start = payloads.remove(payloads.size() - 1);
            payload = Arrays.copyOf(start, start.length + p.length());
            at = start.length;
        } else {
            payload = new byte[p.length()];
        }
        p.payload().readBytes(payload, at, p.length());
        payloads.add(payload);
        joining = p.continues();
    }
}
