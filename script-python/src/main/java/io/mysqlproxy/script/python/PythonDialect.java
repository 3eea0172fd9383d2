package io.mysqlproxy.script.python;

import io.mysqlproxy.script.AnswerFault;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptSource;
import java.nio.file.Path;
import java.util.Optional;

/** The texts of python-api.md 2.1 to 2.3 and 3.8, letter by letter. */
final class PythonDialect implements Dialect {
    private static final int STATE_LENGTH = 5;

    /** What is said, to the client and to the log, about a hook that returned something else than an int. */
    static String invalidReturn(Hook hook) {
        return "PyProxy: " + hook.scriptName() + "() return value invalid.";
    }

    private static String callFailed(Hook hook) {
        return "PyProxy: Call " + hook.scriptName() + "() failed. Check the error log.";
    }

    private static boolean isInvalidReturn(Hook hook, ScriptException failure) {
        return invalidReturn(hook).equals(failure.getMessage());
    }

    @Override
    public String answerFault(AnswerFault fault) {
        return switch (fault) {
            case UNUSABLE, UNKNOWN_TYPE, BAD_PACKETS -> "(python) handling proxy.response failed, check error-log";
            case NO_TYPE -> "Cannot get proxy.response.type";
            case NO_ERRMSG -> "(python) proxy.response.errmsg is nil";
            case BAD_FIELDS -> "Cannot get proxy.response.resultset.fields!";
            case NO_FIELDS -> "Size of proxy.response.resultset.fields is 0";
            case BAD_ROWS -> "Cannot get proxy.response.resultset.rows";
        };
    }

    /** Outside global scope a broken file shows at connect, as if {@code connect_server} had raised (python-api.md 1.6). */
    @Override
    public String loadFailure() {
        return callFailed(Hook.CONNECT_SERVER);
    }

    @Override
    public String bodyFailure() {
        return callFailed(Hook.CONNECT_SERVER);
    }

    @Override
    public String hookFailure(Hook hook, ScriptException failure) {
        return isInvalidReturn(hook, failure) ? invalidReturn(hook) : callFailed(hook);
    }

    @Override
    public String loadFailureLog(ScriptSource source, ScriptException failure) {
        return "PyProxy: Load " + source.path() + " failed: " + failure.getMessage();
    }

    /** Told as an import tells it, traceback and all, with the file that an import would not name (python-api.md 1.5). */
    @Override
    public ScriptException missing(Path file) {
        String line = "ImportError: No module named " + PythonScript.moduleName(file);
        return new ScriptException(
                line + " (cannot open " + file + ": No such file or directory)",
                "Traceback (most recent call last):\n" + line,
                null);
    }

    /** Told as an import of an empty name tells it (python-api.md 1.5). */
    @Override
    public ScriptException unnamed() {
        String line = "ValueError: Empty module name";
        return new ScriptException(
                line + " (the option that names the script is empty: a file name was expected)",
                "Traceback (most recent call last):\n" + line,
                null);
    }

    @Override
    public String bodyFailureLog(ScriptSource source, ScriptException failure) {
        return "PyProxy: Import " + source.path() + " failed: " + failure.getMessage();
    }

    @Override
    public String hookFailureLog(Hook hook, ScriptException failure) {
        return isInvalidReturn(hook, failure)
                ? invalidReturn(hook)
                : "PyProxy: Call " + hook.scriptName() + "() error. See the error log.";
    }

    @Override
    public Optional<String> unknownTypeLog(long type) {
        return Optional.of("Now the response type is unknown: " + type);
    }

    /** There is no {@code PROXY_SEND_INJECTION} (python-api.md 2.1, 3.1). */
    @Override
    public boolean sendsQueue(int code) {
        return code == 1;
    }

    @Override
    public boolean warnsOfEmptyQueue() {
        return false;
    }

    @Override
    public String sqlState(Bytes given) {
        return given == null || given.length() < STATE_LENGTH
                ? "07000"
                : given.toLatin1().substring(0, STATE_LENGTH);
    }
}
