package io.mysqlproxy.core.script;

import io.mysqlproxy.script.AnswerFault;
import io.mysqlproxy.script.ScriptException;

/** A response that cannot be sent; the message is for the log. */
final class AnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final AnswerFault fault;

    AnswerException(AnswerFault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    /** The language itself says what is wrong. */
    AnswerException(AnswerFault fault, ScriptException reason) {
        this(fault, reason.getMessage());
        Complaint.trace(reason);
    }

    /** What the client is told about. */
    AnswerFault fault() {
        return fault;
    }
}
