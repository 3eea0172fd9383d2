package io.mysqlproxy.core.script.model.result;

import io.mysqlproxy.script.HostType;
import io.mysqlproxy.wire.ServerStatus;

/** The status bits of an answer: booleans in Lua, bit or 0 in Python. The target is the status word. */
public final class FlagsModel {
    /** A boolean, or a number, for each bit. */
    public static final HostType<Integer> TYPE = HostType.<Integer>named("Flags")
            .flag("in_trans", ServerStatus.IN_TRANS, s -> has(s, ServerStatus.IN_TRANS))
            .flag("auto_commit", ServerStatus.AUTOCOMMIT, s -> has(s, ServerStatus.AUTOCOMMIT))
            .flag("no_good_index_used", ServerStatus.NO_GOOD_INDEX_USED, s -> has(s, ServerStatus.NO_GOOD_INDEX_USED))
            .flag("no_index_used", ServerStatus.NO_INDEX_USED, s -> has(s, ServerStatus.NO_INDEX_USED))
            .plain();

    private FlagsModel() {}

    private static boolean has(int status, int bit) {
        return (status & bit) != 0;
    }
}
