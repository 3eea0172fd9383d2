package io.mysqlproxy.script.lua;

import io.mysqlproxy.script.AnswerFault;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptSource;

/** The words of the Lua plugin. */
final class LuaDialect implements Dialect {
    private static final String EXECUTE_FAILED = "MySQL Proxy Lua script failed to execute. Check the error log.";
    private static final String UNKNOWN_STATE = "07000";

    @Override
    public String answerFault(AnswerFault fault) {
        return fault == AnswerFault.NO_ERRMSG
                ? "(lua) proxy.response.errmsg is nil"
                : "(lua) handling proxy.response failed, check error-log";
    }

    @Override
    public String loadFailure() {
        return "MySQL Proxy Lua script failed to load. Check the error log.";
    }

    @Override
    public String bodyFailure() {
        return EXECUTE_FAILED;
    }

    @Override
    public String hookFailure(Hook hook, ScriptException failure) {
        return EXECUTE_FAILED;
    }

    @Override
    public String loadFailureLog(ScriptSource source, ScriptException failure) {
        return "lua_load_file(" + source.path() + ") failed: " + failure.getMessage();
    }

    @Override
    public String bodyFailureLog(ScriptSource source, ScriptException failure) {
        return "(lua-error) [" + source.path() + "]\n" + failure.getMessage();
    }

    @Override
    public String hookFailureLog(Hook hook, ScriptException failure) {
        return "(" + hook.scriptName() + ") " + failure.getMessage();
    }

    @Override
    public String sqlState(Bytes given) {
        if (given == null || given.length() == 0) {
            return UNKNOWN_STATE;
        }
        return (given.toLatin1() + "0000").substring(0, UNKNOWN_STATE.length());
    }
}
