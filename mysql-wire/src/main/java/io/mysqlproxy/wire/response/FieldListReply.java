package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.netty.buffer.ByteBuf;

/** Column definitions, which nobody counted, until EOF, OK in its place, or ERR (COM_FIELD_LIST). */
public final class FieldListReply extends ResponseReader {
    /** For one response on a leg with these capabilities. */
    public FieldListReply(Capabilities capabilities) {
        super(capabilities);
    }

    @Override
    boolean whole(int first, int length) {
        return first == ERR || ends(first, length);
    }

    @Override
    boolean step(int first, ByteBuf payload, int length) {
        if (first == ERR) {
            tally.err(true);
            return true;
        }
        if (ends(first, length)) {
            role = Role.END;
            tally.end(slice(payload, length));
            return true;
        }
        if (first == -1 || first == OK || first == LOCAL_INFILE) {
            throw unexpected(first, length);
        }
        return false;
    }
}
