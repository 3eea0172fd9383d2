package io.mysqlproxy.wire.response;

import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.packet.PrepareOk;
import io.netty.buffer.ByteBuf;

/**
 * ERR, or a prepare-OK and as many definitions as it announces: first of the parameters, then of the columns. Each of the
 * two blocks ends with an EOF packet, unless it is empty or EOF packets are deprecated (COM_STMT_PREPARE).
 */
public final class PrepareReply extends ResponseReader {
    private PrepareOk prepared;
    private boolean begun;
    private int parameters;
    private int columns;
    private boolean eofDue;

    /** For one response on a leg with these capabilities. */
    public PrepareReply(Capabilities capabilities) {
        super(capabilities);
    }

    /** What the server said of the statement; null before, and if it could not be prepared. */
    public PrepareOk prepared() {
        return prepared;
    }

    @Override
    boolean whole(int first, int length) {
        return !begun || eofDue;
    }

    @Override
    boolean step(int first, ByteBuf payload, int length) {
        if (!begun) {
            if (first == ERR) {
                tally.err(true);
                return true;
            }
            begin(PrepareOk.read(slice(payload, length)));
        } else if (eofDue) {
            if (!ends(first, length)) {
                throw unexpected(first, length);
            }
            eofDue = false;
            role = Role.SEPARATOR;
        } else {
            define(first, length);
        }
        return parameters == 0 && columns == 0 && !eofDue;
    }

    private void begin(PrepareOk ok) {
        begun = true;
        prepared = ok;
        parameters = ok.parameters();
        columns = ok.columns();
        tally.prepared(ok);
    }

    private void define(int first, int length) {
        if (first == -1 || first == OK || first >= LOCAL_INFILE) {
            throw unexpected(first, length);
        }
        int left = parameters > 0 ? --parameters : --columns;
        role = left == 0 ? Role.LAST_DEFINITION : Role.DATA;
        eofDue = left == 0 && !capabilities.has(Capabilities.DEPRECATE_EOF);
    }

    /** Its OK is of another form, and says nothing of the session. */
    @Override
    public int status() {
        return NO_STATUS;
    }
}
