package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ErrorCode;
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
    public Phase clientClosed(Session s) {
        return turn.clientLeft(s, this);
    }

    @Override
    public Phase fromServer(Session s, Packet p) {
        injection.answering();
        boolean end;
        try {
            end = reader.accept(p);
            held += p.length() + OVERHEAD;
            if (held <= s.plugin().maxBufferedResult()) {
                if (!s.share().take(p.length() + OVERHEAD)) {
                    return tooMuch(s);
                }
                keep(p);
            }
        } finally {
            p.release();
        }
        if (held > s.plugin().maxBufferedResult()) {
            payloads.clear();
            s.share().free();
            turn.queue().tooLong(s, injection);
            Swallowing rest = new Swallowing(turn, reader);
            return end ? rest.ended(s) : rest;
        }
        if (!end) {
            return this;
        }
        s.share().free();
        s.server().statements().answered(reader);
        injection.answered(
                reader.summary(), new HeldAnswer(payloads, s.server().leg().capabilities(), binary));
        return turn.queue().held(s, injection);
    }

    /** The rest of the answer would still come: nothing else can be said on this connection. */
    private static Phase tooMuch(Session s) {
        String text = "Out of memory; the result that a script asked for is larger than the proxy may hold";
        new Answer.Error(ErrorCode.OUT_OF_RESOURCES, "HY000", Bytes.latin1(text)).send(s.client());
        return s.closed(CloseReason.PROTOCOL);
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
