package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.query.ClientCommand;
import io.mysqlproxy.core.query.Statements;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.wire.Packet;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/** Collects the packets of one command, since a script wants to see it as a whole (lua-api.md 2.5). */
final class Gathering implements Phase {
    /** ER_NET_PACKET_TOO_LARGE. */
    private static final int TOO_LARGE = 1153;

    private static final Statements NO_STATEMENTS = new Statements();

    private final Deque<Packet> packets = new ArrayDeque<>(2);
    private long length;

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
    public Phase fromClient(Session s, Packet p) {
        packets.add(p);
        length += p.length();
        if (length > s.plugin().protocol().limits().maxAllowedPacket()
                || !s.share().take(p.length())) {
            String text = "Got a packet bigger than 'max_allowed_packet' bytes";
            new Answer.Error(TOO_LARGE, "08S01", Bytes.latin1(text)).send(s.client());
            abandoned();
            return s.closed(CloseReason.PROTOCOL);
        }
        return p.continues() ? this : complete(s);
    }

    @Override
    public void abandoned() {
        packets.forEach(Packet::release);
        packets.clear();
    }

    private Phase complete(Session s) {
        s.share().free();
        try {
            Statements statements =
                    s.server() == null ? NO_STATEMENTS : s.server().statements();
            ClientCommand command = ClientCommand.of(join(), s.client().capabilities(), statements);
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
            return Turn.redressed(s, turn.command().code()) ? redressed(s, turn) : forward(s, turn);
        } finally {
            abandoned();
        }
    }

    /** The command in the layout of the server's side, which is another one. */
    private Phase redressed(Session s, Turn turn) {
        Phase[] next = new Phase[1];
        Packet.write(s.client().peer().allocator(), turn.dressed(s), 0, frame -> {
            Packet p = Packet.of(frame);
            next[0] = next[0] == null ? Forwarding.begin(s, turn, p) : next[0].fromClient(s, p);
        });
        return next[0];
    }

    private Phase forward(Session s, Turn turn) {
        Phase next = Forwarding.begin(s, turn, packets.poll());
        while (!packets.isEmpty()) {
            next = next.fromClient(s, packets.poll());
        }
        return next;
    }

    /** One copy of exactly the command's size: scripts may keep it. */
    private Bytes join() {
        byte[] whole = new byte[(int) length];
        int at = 0;
        for (Packet p : packets) {
            ByteBuf payload = p.payload();
            int part = payload.readableBytes();
            payload.readBytes(whole, at, part);
            at += part;
        }
        return Bytes.of(whole);
    }
}
