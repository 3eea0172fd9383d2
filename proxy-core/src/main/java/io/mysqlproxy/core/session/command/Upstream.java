package io.mysqlproxy.core.session.command;

import io.mysqlproxy.core.leg.Leg;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.PacketJudge;
import io.mysqlproxy.wire.ProtocolException;
import io.netty.buffer.ByteBuf;

/**
 * What of the client is long passes to the server while it comes in, in runs of bytes: nobody waits for the end of a packet, and
 * nothing is held but what the server has not taken yet.
 */
enum Upstream implements PacketJudge {
    /** A command: ends with its one packet, or the last of those that continue it. */
    COMMAND {
        @Override
        public boolean judge(ByteBuf payload, int length) {
            return true;
        }
    },

    /** A local file: ends with an empty packet that continues none (W-34, W-48). */
    FILE {
        @Override
        public boolean judge(ByteBuf payload, int length) {
            return length == 0;
        }
    };

    /** Commands of which this much is there, and more is to come, are not waited for. */
    private static final int LONG = 16 * 1024;

    /** What is looked at of a long command: more than any statement that means something to the proxy has. */
    private static final int HEAD = 4096;

    /** Of the commands that have to be there as a whole none is as long as this. */
    private static final int LONGEST_WHOLE = 128 * 1024;

    @Override
    public int needs(int first, int length) {
        return 0;
    }

    @Override
    public void continued(int length) {}

    /** Whether the client has begun a command that is long enough not to be waited for. */
    static boolean isLong(Leg client) {
        int held = client.in().bytes();
        return held >= LONG
                && (held < Packet.HEADER + client.in().length() || client.in().length() == Packet.MAX_PAYLOAD);
    }

    /** The beginning of a long command, as a packet of its own: a copy to look at, which the caller releases. */
    static Packet head(Leg client) {
        ByteBuf begun = client.in().head(Packet.HEADER + HEAD);
        ByteBuf copy = client.peer().allocator().buffer(Packet.HEADER + HEAD);
        copy.writeBytes(begun, begun.readerIndex(), Packet.HEADER + HEAD).setMediumLE(0, HEAD);
        return Packet.of(copy);
    }

    /** Waits for the rest of a command that is of no use in part. */
    static void check(Leg client) {
        if (client.in().missing() > LONGEST_WHOLE) {
            throw new ProtocolException(
                    "a command " + client.in().head(Packet.HEADER + 1).getUnsignedByte(Packet.HEADER) + " of "
                            + client.in().length() + " bytes");
        }
    }

    /**
     * Passes on what is there.
     *
     * @return whether that was the last of it
     */
    boolean pass(Session s) {
        Leg client = s.client();
        Leg server = s.server().leg();
        int before = client.sequence();
        ByteBuf run = client.in().run(this, server.sequence() - before);
        if (run != null) {
            server.relay(run);
            // Modulo 256 like the ids themselves, however many packets there were.
            server.sequence(server.sequence() + client.sequence() - before);
        }
        return client.in().finished();
    }

    /**
     * Drops what is there.
     *
     * @return whether that was the last of it
     */
    boolean drop(Leg client) {
        ByteBuf run = client.in().run(this, 0);
        if (run != null) {
            run.release();
        }
        return client.in().finished();
    }
}
