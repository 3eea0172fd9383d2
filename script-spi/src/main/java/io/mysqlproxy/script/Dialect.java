package io.mysqlproxy.script;

import java.nio.file.Path;
import java.util.Optional;

/** What a language says where its two kinds of users, script authors and clients, expect its own words. */
public interface Dialect {
    /** The text of the ERR packet (1105, 07000) for a response that cannot be sent. */
    String answerFault(AnswerFault fault);

    /** The text of the ERR packet for a script that cannot be read or compiled. */
    String loadFailure();

    /** The text of the ERR packet for a body that raised. */
    String bodyFailure();

    /** The text of the ERR packet for a hook that raised, where the failure mode is {@link FailureMode#REFUSE}. */
    String hookFailure(Hook hook, ScriptException failure);

    /** The log line for a script that cannot be read or compiled. */
    String loadFailureLog(ScriptSource source, ScriptException failure);

    /** What it means that a script's file is not there. */
    default ScriptException missing(Path file) {
        return new ScriptException("cannot open " + file + ": No such file or directory", null, null);
    }

    /** What it means that a script was asked for by an empty name. */
    default ScriptException unnamed() {
        return new ScriptException("the option that names the script is empty: a file name was expected", null, null);
    }

    /** The log line for a body that raised. */
    String bodyFailureLog(ScriptSource source, ScriptException failure);

    /** The log line for a hook that raised. */
    String hookFailureLog(Hook hook, ScriptException failure);

    /** A log line, at level critical, for a {@code proxy.response.type} that is none; -1 for one that is no number. */
    default Optional<String> unknownTypeLog(long type) {
        return Optional.empty();
    }

    /** Whether {@code read_query} asks for its queue to be sent by returning this number. */
    default boolean sendsQueue(int code) {
        return code == 1 || code == 3;
    }

    /** Whether a script is told that it asked for an empty queue to be sent. */
    default boolean warnsOfEmptyQueue() {
        return true;
    }

    /** SQLSTATE to send for what a script gave: exactly five characters. */
    String sqlState(Bytes given);
}
