package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.query.ClientCommand;
import io.mysqlproxy.core.query.Statements;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;

/** Collects the packets of one command, since a script wants to see it as a whole (lua-api.md 2.5). */
final class Gathering implements Phase {
    private static final Statements NO_STATEMENTS = new Statements();

    /** Of longer commands nothing is held but the copy that the script sees. */
    private static final int LARGE = 64 * 1024;

    private final Deque<Packet> packets = new ArrayDeque<>(2);
    private long length;
    private long counted;

    @Override
    public boolean busy() {
        return true;
    }

    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public boolean serverIdle() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        Leg client = s.client();
        if (length + client.in().length() > s.plugin().protocol().limits().maxAllowedPacket()) {
            return refused(s);
        }
        Packet p = packets.isEmpty() ? client.nextCommand() : client.next();
        if (p != null) {
            return fromClient(s, p);
        }
        return holds(s, length + client.in().bytes()) ? this : refused(s);
    }

    @Override
    public Phase fromClient(Session s, Packet p) {
        packets.add(p);
        length += p.length();
        if (length > s.plugin().protocol().limits().maxAllowedPacket() || !holds(s, length)) {
            return p.continues() ? refused(s) : through(s);
        }
        return p.continues() ? this : complete(s);
    }

    /** Counts what is held, that of a packet which is not complete yet included. */
    private boolean holds(Session s, long bytes) {
        if (bytes > counted && !s.share().take(bytes - counted)) {
            return false;
        }
        counted = Math.max(counted, bytes);
        return true;
    }

    private Phase refused(Session s) {
        abandoned();
        s.share().free();
        return new Refusing();
    }

    private Phase through(Session s) {
        abandoned();
        return Refusing.now(s);
    }

    @Override
    public void abandoned() {
        packets.forEach(Packet::release);
        packets.clear();
    }

    private Phase complete(Session s) {
        try {
            Statements statements =
                    s.server() == null ? NO_STATEMENTS : s.server().statements();
            byte[] joined = join();
            boolean named = s.client().capabilities().has(Capabilities.MARIADB_STMT_BULK)
                    && s.lastPrepared().name(joined);
            if (named || length > LARGE) {
                abandoned();
            }
            Bytes whole = Bytes.of(joined);
            ClientCommand command = ClientCommand.of(whole, s.client().capabilities(), statements);
            s.client().attributes(command.attributes());
            Turn turn = new Turn(command);
            Decision decision =
                    s.hooks().wants(Hook.READ_QUERY) ? s.hooks().readQuery(command.view()) : Decision.PROCEED;
            if (decision instanceof Decision.Reply reply) {
                return turn.answer(s, reply.answer());
            }
            if (decision == Decision.SEND_QUERIES) {
                return turn.queue(s);
            }
            boolean other =
                    packets.isEmpty() || Turn.redressed(s, turn.command().code());
            return other ? redressed(s, turn) : forward(s, turn);
        } finally {
            s.share().free();
            abandoned();
        }
    }

    /** The command from the copy, in the layout of the server's side. */
    private Phase redressed(Session s, Turn turn) {
        if (s.server() == null) {
            return Turn.noServer(s);
        }
        Phase[] next = new Phase[1];
        Capabilities layout = s.server().leg().capabilities();
        Packet.write(s.client().peer().allocator(), payload(s, turn), 0, frame -> {
            Packet p = Packet.of(frame);
            next[0] = next[0] == null ? Forwarding.begin(s, turn, p, layout) : next[0].fromClient(s, p);
        });
        return next[0];
    }

    private Phase forward(Session s, Turn turn) {
        Phase next = Forwarding.begin(s, turn, packets.poll(), s.client().capabilities());
        while (!packets.isEmpty()) {
            next = next.fromClient(s, packets.poll());
        }
        return next;
    }

    /** What holds passwords is wiped on its way; what the script was shown is not. */
    private static ByteBuf payload(Session s, Turn turn) {
        ByteBuf shared = turn.dressed(s);
        if (turn.command().family() != Command.Family.AUTH) {
            return shared;
        }
        ByteBuf own = Unpooled.copiedBuffer(shared);
        shared.release();
        return own;
    }

    /** One copy of exactly the command's size: scripts may keep it. */
    private byte[] join() {
        byte[] whole = new byte[(int) length];
        int at = 0;
        for (Packet p : packets) {
            ByteBuf payload = p.payload();
            int part = payload.readableBytes();
            payload.readBytes(whole, at, part);
            at += part;
        }
        return whole;
    }
}
