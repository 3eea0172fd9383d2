package io.mysqlproxy.core.script;

import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.ScriptContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the number that a hook returned means: lua-api.md 2.1 to 2.6, python-api.md 2.1. */
final class Verdicts {
    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

    private static final int NONE = 0;
    private static final int SEND_QUERY = 1;
    private static final int SEND_RESULT = 2;
    private static final int IGNORE_RESULT = 4;

    private final Session session;
    private final Dialect dialect;
    private final AnswerReader answers;

    Verdicts(Session session, Dialect dialect, String file) {
        this.session = session;
        this.dialect = dialect;
        this.answers = new AnswerReader(dialect, file);
    }

    /**
     * The decision; needs the realm's lock, since an answer is read from the script's own values.
     *
     * @param returned what the hook returned; null, which is the same as 0 here, if that is no number
     */
    Decision of(Hook hook, Integer returned, ScriptContext context) {
        int code = returned == null ? NONE : returned;
        return switch (hook) {
            case CONNECT_SERVER -> code == IGNORE_RESULT ? Decision.DROP : answerIf(code == SEND_RESULT, context);
            case READ_HANDSHAKE -> handshake(code, context);
            case READ_AUTH ->
                code == SEND_QUERY && session.queue().size() > 0
                        ? Decision.SEND_QUERIES
                        : answerIf(code == SEND_RESULT, context);
            case READ_AUTH_RESULT -> answerIf(code == SEND_RESULT, context);
            case READ_QUERY -> query(code, context);
            case READ_QUERY_RESULT -> result(code, context);
            case DISCONNECT_CLIENT -> Decision.PROCEED;
        };
    }

    private Decision answerIf(boolean wanted, ScriptContext context) {
        return wanted ? new Decision.Reply(answers.read(context)) : Decision.PROCEED;
    }

    private Decision handshake(int code, ScriptContext context) {
        if (code == SEND_QUERY) {
            LOG.warn("(read_handshake) returning PROXY_SEND_QUERY is deprecated, use PROXY_SEND_RESULT instead");
        }
        return answerIf(code == SEND_RESULT || code == SEND_QUERY, context);
    }

    private Decision query(int code, ScriptContext context) {
        if (code == SEND_RESULT) {
            return answerIf(true, context);
        }
        if (dialect.sendsQueue(code)) {
            return sendQueue(code);
        }
        if (code != NONE) {
            LOG.error("(read_query) returned {}, which means nothing here; the command is forwarded", code);
        } else if (session.queue().size() > 0) {
            LOG.error(
                    "(read_query) queued {} queries, but did not return PROXY_SEND_QUERY; they are dropped",
                    session.queue().size());
        }
        session.queue().reset();
        return Decision.PROCEED;
    }

    private Decision sendQueue(int code) {
        if (session.queue().size() > 0) {
            return Decision.SEND_QUERIES;
        }
        if (dialect.warnsOfEmptyQueue()) {
            LOG.error("(read_query) returned {} with an empty queue; the command is forwarded", code);
        }
        return Decision.PROCEED;
    }

    private Decision result(int code, ScriptContext context) {
        if (code == NONE) {
            return Decision.PROCEED;
        }
        if (code == SEND_RESULT) {
            return answerIf(true, context);
        }
        if (code != IGNORE_RESULT) {
            LOG.info("return-code for read_query_result() was neither PROXY_SEND_RESULT or PROXY_IGNORE_RESULT, "
                    + "will ignore the result");
        }
        return Decision.DROP;
    }
}
