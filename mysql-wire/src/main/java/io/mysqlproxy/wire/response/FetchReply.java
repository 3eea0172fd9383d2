package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;

/** Binary rows until EOF, OK in its place, or ERR (COM_STMT_FETCH). */
public final class FetchReply extends ResponseReader {
    /** For one response on a leg with these capabilities. */
    public FetchReply(Capabilities capabilities) {
        super(capabilities);
    }

    @Override
    boolean whole(int first, int length) {
        return first == ERR || ends(first, length);
    }

    @Override
    boolean step(int first, ByteBuf payload, int length) {
        if (first == OK) {
            tally.row(length);
            return false;
        }
        if (first == ERR) {
            tally.err(true);
        } else if (ends(first, length)) {
            role = Role.END;
            tally.end(slice(payload, length));
        } else {
            throw unexpected(first, length);
        }
        return true;
    }

    @Override
    public void continued(int length) {
        tally.rowContinued(length);
    }
}
