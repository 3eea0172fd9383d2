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
    /** What an array costs beside its bytes, about: results of many short rows are mostly that. */
    private static final int OVERHEAD = 24;

    private final Turn turn;
    private final Injection injection;
    private final ResponseReader reader;
    private final boolean binary;
    private final List<byte[]> payloads = new ArrayList<>();
    private long held;
    private boolean joining;

    /** @param binary whether rows are in the binary form */
    Holding(Turn turn, Injection injection, ResponseReader reader, boolean binary) {
        this.turn = turn;
        this.injection = injection;
        this.reader = reader;
        this.binary = binary;
    }

    @Override
    public boolean busy() {
        return true;
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
            held += p.length() + OVERHEAD;
            if (held <= s.plugin().maxBufferedResult()) {
                keep(p);
            }
        } finally {
            p.release();
        }
        if (held > s.plugin().maxBufferedResult()) {
            payloads.clear();
            turn.tooLong(s, injection);
            Swallowing rest = new Swallowing(turn, reader);
            return end ? rest.ended(s) : rest;
        }
        if (!end) {
            return this;
        }
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
