package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;

/** One packet of text, which may look like anything, or ERR (COM_STATISTICS). */
public final class OnePacketReply extends ResponseReader {
    /** For one response on a leg with these capabilities. */
    public OnePacketReply(Capabilities capabilities) {
        super(capabilities);
    }

    @Override
    boolean whole(int first, int length) {
        return first == ERR;
    }

    @Override
    boolean step(int first, ByteBuf payload, int length) {
        if (first == ERR) {
            tally.err(true);
        }
        return true;
    }
}
