package io.mysqlproxy.core.query;

import io.mysqlproxy.wire.packet.PrepareOk;
import io.mysqlproxy.wire.response.PrepareReply;
import io.mysqlproxy.wire.response.ResponseReader;
import java.util.HashMap;
import java.util.Map;

/** How many parameters the prepared statements of one server connection have: nothing in their execution says so. */
public final class Statements {
    private final Map<Long, Integer> parameters = new HashMap<>();

    /** A response is through; it may have been to a COM_STMT_PREPARE. */
    public void answered(ResponseReader reader) {
        if (reader instanceof PrepareReply reply && reply.prepared() != null) {
            PrepareOk ok = reply.prepared();
            parameters.put(ok.statementId(), ok.parameters());
        }
    }

    /** A statement is not needed any more. */
    public void closed(long id) {
        parameters.remove(id);
    }

    /** How many; 0 for a statement nobody knows. */
    public int parameters(long id) {
        return parameters.getOrDefault(id, 0);
    }
}
