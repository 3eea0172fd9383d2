package io.mysqlproxy.core.script;

import io.mysqlproxy.core.hook.Answer;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.query.Injection;
import io.mysqlproxy.core.script.ScriptLibrary.Version;
import io.mysqlproxy.core.script.model.AuthModel;
import io.mysqlproxy.core.script.model.InjectionModel;
import io.mysqlproxy.core.script.model.ProxyModel;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptExit;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hooks of one session, as its script defines them: defined? → lock → instance → call → decision, or what a failure means.
 * One sequence for all languages, scopes and hooks.
 */
final class SessionHooks implements Hooks {
    private static final Logger LOG = LoggerFactory.getLogger(SessionHooks.class);

    private final PluginScript plugin;
    private final Session session;
    private final HostObject proxy;
    private final Instances instances;
    private final Verdicts verdicts;
    private ScriptContext context;

    /** The version this connection uses under connection scope; null until its connect step. */
    private Version own;

    SessionHooks(PluginScript plugin, Session session) {
        this.plugin = plugin;
        this.session = session;
        this.proxy = ProxyModel.of(session, plugin.backends());
        this.instances = new Instances(plugin::global);
        this.verdicts = new Verdicts(session, plugin.dialect(), plugin.file());
    }

    @Override
    public boolean wants(Hook hook) {
        Version version = version();
        if (version == null) {
            return false;
        }
        if (version.scope() == ScriptScope.EXECUTION) {
            return version.script().mayDefine(hook);
        }
        ScriptInstance kept = instances.kept();
        return kept != null && kept.defines(hook);
    }

    /** Reads the file if it is new, and runs the body even for a script without this hook, so that its errors show now. */
    @Override
    public Decision connectServer() {
        Version version;
        try {
            version = plugin.fresh();
            if (own == null) {
                own = version;
            }
        } catch (ScriptException e) {
            return new Decision.Reply(Answer.error(plugin.dialect().loadFailure()));
        }
        return ran(version) && !wants(Hook.CONNECT_SERVER) ? Decision.PROCEED : call(Hook.CONNECT_SERVER);
    }

    /** Whether the body has run where it has to: once for a file version, or for this connection. Until then each step tries. */
    private boolean ran(Version version) {
        return version.scope() == ScriptScope.EXECUTION ? version.loaded().get() : instances.kept() != null;
    }

    @Override
    public Decision readHandshake() {
        return wants(Hook.READ_HANDSHAKE) ? call(Hook.READ_HANDSHAKE) : Decision.PROCEED;
    }

    @Override
    public Decision readAuth() {
        return wants(Hook.READ_AUTH) ? call(Hook.READ_AUTH) : Decision.PROCEED;
    }

    @Override
    public Decision readAuthResult(Bytes packet) {
        return call(Hook.READ_AUTH_RESULT, AuthModel.of(packet));
    }

    @Override
    public Decision readQuery(Bytes packet) {
        session.queue().reset();
        return call(Hook.READ_QUERY, packet);
    }

    @Override
    public Decision readQueryResult(Injection injection) {
        Decision decision = call(Hook.READ_QUERY_RESULT, InjectionModel.of(injection));
        if (decision != Decision.PROCEED && !injection.buffered()) {
            LOG.error(
                    "(read_query_result) the result of injection {} has reached the client already: it has to be queued with "
                            + "resultset_is_needed = true to be changed",
                    injection.id());
            return Decision.PROCEED;
        }
        return decision;
    }

    @Override
    public void disconnectClient() {
        if (own != null && wants(Hook.DISCONNECT_CLIENT)) {
            call(Hook.DISCONNECT_CLIENT);
        }
    }

    /** Under connection scope the version of the connect step, else the one that counts now. */
    private Version version() {
        return own != null && own.scope() == ScriptScope.CONNECTION ? own : plugin.current();
    }

    private Decision call(Hook hook, Object... arguments) {
        Version version = version();
        plugin.realm().lock().lock();
        long start = System.nanoTime();
        session.queue().hookRuns(true);
        try {
            ScriptInstance instance = instance(hook, version);
            if (!instance.defines(hook)) {
                return Decision.PROCEED;
            }
            return verdicts.of(hook, instance.call(hook, context, arguments), context);
        } catch (BodyFailure e) {
            return bodyFailed(hook, version, e.failure);
        } catch (ScriptException e) {
            plugin.failed(plugin.dialect().hookFailureLog(hook, e), e);
            return failed(hook, e);
        } catch (ScriptExit e) {
            plugin.exit(e.status());
            return Decision.PROCEED;
        } catch (RuntimeException | Error e) { // whatever it is, it costs this hook and no more (lua-api.md 1.5)
            LOG.error("({}) failed in the proxy", hook.scriptName(), e);
            return failed(hook, new ScriptException(e.toString(), null, e));
        } finally {
            session.queue().hookRuns(false);
            long nanos = System.nanoTime() - start;
            plugin.record(hook, nanos);
            plugin.realm().lock().unlock();
            warnIfSlow(hook, nanos);
        }
    }

    private ScriptInstance instance(Hook hook, Version version) throws BodyFailure {
        if (context == null) {
            context = plugin.realm().newContext(proxy);
        }
        if (hook == Hook.READ_QUERY) {
            context.clearResponse();
        }
        try {
            ScriptInstance instance = instances.of(version, context);
            if (hook == Hook.CONNECT_SERVER) {
                version.loaded().set(true);
            }
            return instance;
        } catch (ScriptException e) {
            throw new BodyFailure(e);
        }
    }

    private Decision bodyFailed(Hook hook, Version version, ScriptException failure) {
        plugin.failed(plugin.dialect().bodyFailureLog(version.script().source(), failure), failure);
        if (hook == Hook.CONNECT_SERVER) {
            return new Decision.Reply(Answer.error(plugin.dialect().bodyFailure()));
        }
        return failed(hook, failure);
    }

    /** J-07: the policy is data. Whatever it is, nothing that was queued before the failure is sent in its name (D-01). */
    private Decision failed(Hook hook, ScriptException failure) {
        boolean refuse = plugin.failureMode() == FailureMode.REFUSE;
        if (hook == Hook.READ_QUERY || refuse) {
            session.queue().reset();
        }
        return refuse
                ? new Decision.Reply(Answer.error(plugin.dialect().hookFailure(hook, failure)))
                : Decision.PROCEED;
    }

    private void warnIfSlow(Hook hook, long nanos) {
        if (nanos > plugin.warnNanos()) {
            LOG.warn(
                    "{} in {} took {} ms: the other connections of its event loop have waited",
                    hook.scriptName(),
                    plugin.file(),
                    nanos / 1_000_000);
        }
    }

    /** The body raised, not the hook. */
    private static final class BodyFailure extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient ScriptException failure;

        BodyFailure(ScriptException failure) {
            super(null, failure, false, false);
            this.failure = failure;
        }
    }
}
