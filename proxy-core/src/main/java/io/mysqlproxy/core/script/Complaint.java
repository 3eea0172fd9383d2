package io.mysqlproxy.core.script;

import io.mysqlproxy.script.ScriptException;
import org.slf4j.Logger;

/**
 * How a script's failure is told: one line in the log, and the language's own traceback, where it has one, on standard error,
 * wherever the log goes (python-api.md 2.3).
 */
final class Complaint {
    private Complaint() {}

    static void log(Logger log, String line, ScriptException failure) {
        trace(failure);
        log.error(line);
    }

    static void trace(ScriptException failure) {
        if (failure.trace() != null) {
            System.err.println(failure.trace().stripTrailing());
        }
    }
}
