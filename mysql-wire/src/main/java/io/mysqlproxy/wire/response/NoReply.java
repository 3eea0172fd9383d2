package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;

/**
 * No packet at all (COM_STMT_CLOSE, COM_STMT_SEND_LONG_DATA, COM_QUIT): complete from the beginning, and any packet is
 * one too many.
 */
public final class NoReply extends ResponseReader {
    /** For one response on a leg with these capabilities. */
    public NoReply(Capabilities capabilities) {
        super(capabilities);
        finish();
    }

    @Override
    boolean whole(int first, int length) {
        return false;
    }

    @Override
    boolean step(int first, ByteBuf payload, int length) {
        throw unexpected(first, length);
    }
}
