package io.mysqlproxy.core.hook;

/** What a hook decided. */
public sealed interface Decision {
    /** Go on as if there were no script. */
    Decision PROCEED = Plain.PROCEED;

    /** Send the queue to the server, in place of the client's packet. Only with a queue that is not empty. */
    Decision SEND_QUERIES = Plain.SEND_QUERIES;

    /** Ignore the result; see the hooks for what that means. */
    Decision DROP = Plain.DROP;

    /** The decisions that carry nothing. */
    enum Plain implements Decision {
        /** {@link Decision#PROCEED}. */
        PROCEED,
        /** {@link Decision#SEND_QUERIES}. */
        SEND_QUERIES,
        /** {@link Decision#DROP}. */
        DROP
    }

    /** Send this to the client, in place of what the server said or would say. */
    record Reply(Answer answer) implements Decision {}
}
