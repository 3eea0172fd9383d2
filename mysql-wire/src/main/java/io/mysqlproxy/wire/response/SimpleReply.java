package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;

/**
 * One OK, ERR or EOF packet. Which of OK, EOF and OK with header 0xFE a server sends to COM_SET_OPTION or COM_DEBUG
 * depends on its version, so all are accepted.
 */
public final class SimpleReply extends ResponseReader {
    /** For one response on a leg with these capabilities. */
    public SimpleReply(Capabilities capabilities) {
        super(capabilities);
    }

    @Override
    boolean whole(int first, int length) {
        return true;
    }

    @Override
    boolean step(int first, ByteBuf payload, int length) {
        switch (first) {
            case OK -> {
                role = Role.OK;
                tally.ok(slice(payload, length));
            }
            case END -> {
                role = Role.END;
                tally.end(slice(payload, length));
            }
            case ERR -> tally.err(true);
            default -> throw unexpected(first, length);
        }
        return true;
    }
}
