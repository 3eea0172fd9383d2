package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;

/** Packets until the connection closes (COM_BINLOG_DUMP and its like). */
public final class EndlessReply extends ResponseReader {
    /** For one response on a leg with these capabilities. */
    public EndlessReply(Capabilities capabilities) {
        super(capabilities);
    }

    @Override
    boolean whole(int first, int length) {
        return false;
    }

    @Override
    boolean step(int first, ByteBuf payload, int length) {
        return false;
    }
}
