package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.ResponseReader;
import io.mysqlproxy.wire.response.ResponseTranslator;
import io.netty.buffer.ByteBuf;

/**
 * A command is with the server, and its answer goes to the client while it comes in: the raw path. Packets pass as slices of
 * what was read; of rows nobody looks at more than the first byte.
 */
final class Relaying implements Phase {
    private final Turn turn;
    private final Injection injection;
    private final ResponseReader reader;

    /** Null where both sides agree on how answers look, as they nearly always do. */
    private ResponseTranslator translator;

    /** Whether packets of the command are still to come from the client. */
    private boolean upstream;

    /** Whether something of the answer has gone out. */
    private boolean begun;

    /** The client's own command. */
    Relaying(Turn turn, ResponseReader reader, boolean upstream) {
        this.turn = turn;
        this.injection = null;
        this.reader = reader;
        this.upstream = upstream;
    }

    /** The client's own command without an answer, of which packets are still to come. */
    Relaying(Turn turn, ResponseReader noReply) {
        this(turn, noReply, true);
    }

    /** A command that a script queued. */
    Relaying(Turn turn, ResponseReader reader, Injection injection) {
        this.turn = turn;
        this.injection = injection;
        this.reader = reader;
    }

    @Override
    public boolean busy() {
        return true;
    }

    @Override
    public boolean hearsClient() {
        return upstream;
    }

    @Override
    public boolean serverIdle() {
        return reader.complete() && !reader.wantsLocalInfile();
    }

    @Override
    public boolean hearsServer() {
        return !upstream;
    }

    /** A packet of a command that was gathered. */
    @Override
    public Phase fromClient(Session s, Packet p) {
        upstream = p.continues();
        s.server().leg().forward(p);
        return sent(s);
    }

    @Override
    public Phase clientBytes(Session s) {
        upstream = !Upstream.COMMAND.pass(s);
        return sent(s);
    }

    private Phase sent(Session s) {
        if (!upstream && !reader.complete()) {
            s.patience().began();
        }
        return upstream || !reader.complete() ? this : new Ready();
    }

    @Override
    public void overdue() {
        reader.stopAtErrors();
    }

    @Override
    public boolean unanswered() {
        return !upstream && !begun && turn.sent() == 0;
    }

    @Override
    public Phase serverBytes(Session s) {
        Leg server = s.server().leg();
        Leg client = s.client();
        if (translator == null && ResponseTranslator.needed(server.capabilities(), client.capabilities())) {
            translator = new ResponseTranslator(reader, client.capabilities());
        }
        if (!Uploading.allowed(s)) {
            reader.refuseFiles();
        }
        int before = server.sequence();
        ByteBuf run = server.in().run(translator == null ? reader : translator, client.sequence() - before);
        if (run != null) {
            client.relay(run);
            // Modulo 256 like the ids themselves, however many packets there were.
            client.sequence(client.sequence() + server.sequence() - before);
            answering();
        }
        if (server.in().stopped()) {
            return Phase.super.serverBytes(s);
        }
        return server.in().finished() ? finished(s) : this;
    }

    /** A packet that looks different on the client's side. */
    @Override
    public Phase fromServer(Session s, Packet p) {
        Packet said = s.patience().said(p);
        try {
            answering();
            if (reader.refuses(said.first(), said.length())) {
                reader.accept(said);
                return turn.fileRefused(s);
            }
            return pass(s, said) ? finished(s) : this;
        } finally {
            said.release();
        }
    }

    private boolean pass(Session s, Packet p) {
        if (translator != null) {
            return translator.accept(p, s.client().peer().allocator(), s.client());
        }
        boolean end = reader.accept(p);
        s.client().forward(p.retain());
        return end;
    }

    private void answering() {
        begun = true;
        if (injection != null) {
            injection.answering();
        }
    }

    private Phase finished(Session s) {
        s.server().answered(reader);
        if (injection == null) {
            return turn.relayed(s, reader);
        }
        injection.answered(reader.summary(), null);
        return turn.queue().streamed(s, injection);
    }
}
