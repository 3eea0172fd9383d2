package io.mysqlproxy.core.script;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.script.ScriptLibrary.Version;
import io.mysqlproxy.core.script.model.ProxyModel;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptScope;

/**
 * The script of an administrator's session: {@code read_query} answers each command, and there is nobody else to answer it. So
 * everything that would let a command of a proxy pass is an error here (launcher-and-admin.md 6.3).
 */
final class AdminHooks implements Hooks {

    private static final int SEND_RESULT = 2;
    private static final String NO_RESULT = "need a resultset + proxy.PROXY_SEND_RESULT";
    private static final String OTHER_RESULT = NO_RESULT + " ... got something else";

    private final PluginScript plugin;
    private final Session session;
    private final HostObject proxy;
    private final Instances instances;
    private final AnswerReader answers;
    private ScriptContext context;

    /** The first version that served this connection; it has no other under connection scope. */
    private Version own;

    AdminHooks(PluginScript plugin, Session session) {
        this.plugin = plugin;
        this.session = session;
        this.proxy = ProxyModel.of(session, plugin.backends());
        this.instances = new Instances(plugin::global);
        this.answers = new AnswerReader(plugin.dialect(), plugin.file());
    }

    @Override
    public Decision readQuery(Bytes packet) {
        try {
            return new Decision.Reply(answer(version(), packet));
        } catch (ScriptException e) {
            return new Decision.Reply(Answer.error(plugin.dialect().loadFailure()));
        }
    }

    private Version version() throws ScriptException {
        if (own == null) {
            return plugin.fresh();
        }
        return own.scope() == ScriptScope.CONNECTION ? own : plugin.current();
    }

    private Answer answer(Version version, Bytes packet) {
        session.queue().reset();
        plugin.realm().lock().lock();
        long start = System.nanoTime();
        try {
            if (context == null) {
                context = plugin.realm().newContext(proxy);
            }
            context.clearResponse();
            return call(version, packet);
        } finally {
            plugin.record(Hook.READ_QUERY, System.nanoTime() - start);
            plugin.realm().lock().unlock();
        }
    }

    private Answer call(Version version, Bytes packet) {
        ScriptInstance instance;
        try {
            instance = instances.of(version, context);
            own = own == null ? version : own;
        } catch (ScriptException e) {
            plugin.failed(plugin.dialect().bodyFailureLog(version.script().source(), e), e);
            return Answer.error(plugin.dialect().bodyFailure());
        }
        if (!instance.defines(Hook.READ_QUERY)) {
            return last(NO_RESULT);
        }
        try {
            Integer code = instance.call(Hook.READ_QUERY, context, packet);
            if (code == null) {
                return last(NO_RESULT);
            }
            return code == SEND_RESULT ? answers.read(context) : last(OTHER_RESULT);
        } catch (ScriptException e) {
            plugin.failed(plugin.dialect().hookFailureLog(Hook.READ_QUERY, e), e);
            return last(OTHER_RESULT);
        }
    }

    private Answer last(String text) {
        session.closeRequested(true);
        return Answer.error(text);
    }
}
