package io.mysqlproxy.core.session;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.response.ResponseReader;
import io.netty.buffer.ByteBuf;

/**
 * A command is with the server, and its answer goes to the client while it comes in: the raw path. Packets pass as slices of
 * what was read; of rows nobody looks at more than the first byte.
 */
final class Relaying implements Phase {
    private final Turn turn;
    private final Injection injection;
    private final ResponseReader reader;

    /** Whether packets of the command are still to come from the client. */
    private boolean upstream;

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

    @Override
    public Phase fromClient(Session s, Packet p) {
        upstream = p.continues();
        s.server().leg().forward(p);
        return upstream || !reader.complete() ? this : new Ready();
    }

    @Override
    public Phase serverBytes(Session s) {
        Leg server = s.server().leg();
        Leg client = s.client();
        int before = server.sequence();
        ByteBuf run = server.in().run(reader, client.sequence() - before);
        if (run == null) {
            return this;
        }
        client.relay(run);
        // Modulo 256 like the ids themselves, however many packets there were.
        client.sequence(client.sequence() + server.sequence() - before);
        if (injection == null) {
            return server.in().finished() ? turn.relayed(s, reader) : this;
        }
        injection.answering();
        return server.in().finished() ? injected(s) : this;
    }

    private Phase injected(Session s) {
        injection.answered(reader.summary(), null);
        return turn.streamed(s, injection);
    }
}
