package io.mysqlproxy.core.session.admin;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Command;
import io.mysqlproxy.wire.Packet;

/** An administrator's turn: whatever the command, the script or the built-in console answers it (launcher-and-admin.md 6.3). */
final class AdminReady implements Phase {
    /** ER_NET_PACKET_TOO_LARGE; nothing an administrator says is longer than one packet. */
    private static final Answer TOO_LARGE =
            new Answer.Error(1153, "08S01", Bytes.latin1("Got a packet bigger than 'max_allowed_packet' bytes"));

    @Override
    public boolean betweenCommands() {
        return true;
    }

    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        Packet p = s.client().nextCommand();
        return p == null ? this : fromClient(s, p);
    }

    @Override
    public Phase fromClient(Session s, Packet p) {
        try {
            if (p.continues()) {
                TOO_LARGE.send(s.client());
                return s.closed(CloseReason.PROTOCOL);
            }
            boolean quits = Command.of(p.first()) == Command.COM_QUIT;
            Decision decision =
                    s.hooks().readQuery(Bytes.of(ByteString.copyOf(p.payload()).bytes()));
            if (quits) {
                return s.closed(CloseReason.CLIENT_LEFT);
            }
            if (decision instanceof Decision.Reply reply) {
                reply.answer().send(s.client());
            }
            return s.closeRequested() ? s.closed(CloseReason.CLOSED_BY_SCRIPT) : this;
        } finally {
            p.release();
        }
    }
}
