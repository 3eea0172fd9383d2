package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.session.Phase;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.Packet;
import io.netty.buffer.ByteBuf;

/**
 * The client says more than may be held for a script: what is still to come of its command is read and dropped, since nobody
 * hears an error before having said everything, then it is told so (W-36).
 */
final class Refusing implements Phase {
    private static final Answer TOO_LARGE =
            new Answer.Error(1153, "08S01", Bytes.latin1("Got a packet bigger than 'max_allowed_packet' bytes"));

    /** The header that is being read, and how much of it is there. */
    private int header;

    private int headerBytes;

    /** How much of the current packet is still to come. */
    private int left;

    private int sequence;
    private boolean last;

    /** The command is through already. */
    static Phase now(Session s) {
        TOO_LARGE.send(s.client());
        return s.closed(CloseReason.PROTOCOL);
    }

    @Override
    public boolean busy() {
        return true;
    }

    @Override
    public boolean hearsClient() {
        return true;
    }

    @Override
    public Phase clientBytes(Session s) {
        ByteBuf bytes = s.client().in().drain();
        try {
            while (bytes.isReadable() && !(last && left == 0)) {
                skip(bytes);
            }
        } finally {
            bytes.release();
        }
        if (!last || left > 0) {
            return this;
        }
        s.client().sequence(sequence + 1);
        return now(s);
    }

    private void skip(ByteBuf bytes) {
        if (left > 0) {
            int count = Math.min(left, bytes.readableBytes());
            bytes.skipBytes(count);
            left -= count;
            return;
        }
        header |= bytes.readUnsignedByte() << Byte.SIZE * headerBytes++;
        if (headerBytes == Packet.HEADER) {
            left = header & Packet.MAX_PAYLOAD;
            sequence = header >>> 24;
            last = left < Packet.MAX_PAYLOAD;
            header = 0;
            headerBytes = 0;
        }
    }
}
