package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.query.HeldAnswer;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.query.Slabs;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ErrorCode;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.ResponseReader;
import io.netty.buffer.ByteBuf;

/** A command that a script queued is with the server, and its answer is held until the script has seen it. */
final class Holding implements Phase {
    private final Turn turn;
    private final Injection injection;
    private final ResponseReader reader;
    private final boolean binary;
    private final Slabs held = new Slabs();

    /** The sequence id of the first packet. */
    private int first;

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
    public Phase serverBytes(Session s) {
        Leg server = s.server().leg();
        if (held.size() == 0) {
            first = server.sequence();
        }
        ByteBuf run = server.in().run(reader, 0);
        Phase next = run == null ? this : hold(s, run, server.in().finished());
        return next == this && server.in().stopped() ? error(s) : next;
    }

    @Override
    public void overdue() {
        reader.stopAtErrors();
    }

    @Override
    public boolean unanswered() {
        return turn.sent() == 0;
    }

    /** The server speaks of a statement that was overdue. */
    private Phase error(Session s) {
        Packet said = s.patience().said(s.server().leg().next());
        boolean end = reader.accept(said);
        return hold(s, said.frame(), end);
    }

    /** @param run taken over */
    private Phase hold(Session s, ByteBuf run, boolean end) {
        injection.answering();
        long length = run.readableBytes();
        try {
            if (held.size() + length > s.plugin().maxBufferedResult()) {
                return tooLong(s, end);
            }
            if (!s.share().take(length)) {
                return tooMuch(s);
            }
            held.add(run);
        } finally {
            run.release();
        }
        return end ? complete(s) : this;
    }

    private Phase complete(Session s) {
        Leg server = s.server().leg();
        s.server().answered(reader);
        injection.answered(
                reader.summary(), new HeldAnswer(held, first, server.sequence(), server.capabilities(), binary));
        return turn.queue().held(s, injection);
    }

    private Phase tooLong(Session s, boolean end) {
        held.clear();
        s.share().free();
        turn.queue().tooLong(s, injection);
        Swallowing rest = new Swallowing(turn, reader);
        return end ? rest.ended(s) : rest;
    }

    /** The rest of the answer would still come: nothing else can be said on this connection. */
    private static Phase tooMuch(Session s) {
        String text = "Out of memory; the result that a script asked for is larger than the proxy may hold";
        new Answer.Error(ErrorCode.OUT_OF_RESOURCES, "HY000", Bytes.latin1(text)).send(s.client());
        return s.closed(CloseReason.PROTOCOL);
    }
}
