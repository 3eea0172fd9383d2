package io.mysqlproxy.core.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.script.AnswerFault;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.Dialect;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.Hook;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.RealmSettings;
import io.mysqlproxy.script.Script;
import io.mysqlproxy.script.ScriptContext;
import io.mysqlproxy.script.ScriptEngine;
import io.mysqlproxy.script.ScriptException;
import io.mysqlproxy.script.ScriptInstance;
import io.mysqlproxy.script.ScriptRealm;
import io.mysqlproxy.script.ScriptRef;
import io.mysqlproxy.script.ScriptScope;
import io.mysqlproxy.script.ScriptSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A language in which each line of a script is the name of a hook and what it does: the number it returns, {@code raise}, or
 * {@code sleep}. A line {@code raise} raises in the body, {@code !} is a syntax error, {@code perhaps HOOK} mentions a hook
 * without defining it.
 */
final class FakeEngine implements ScriptEngine, Dialect, ScriptRealm {
    final ReentrantLock lock = new ReentrantLock();

    /** What has run, in order: {@code compile}, {@code body} and hooks. */
    final List<String> ran = new ArrayList<>();

    final List<Object[]> arguments = new ArrayList<>();
    ScriptScope scope = ScriptScope.EXECUTION;
    FailureMode mode = FailureMode.PROCEED;
    Object response = Map.of();
    String trace;

    /** What a hook does before it returns. */
    final Map<Hook, Runnable> acts = new HashMap<>();

    int contexts;
    int clears;

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public ScriptScope scope() {
        return scope;
    }

    @Override
    public FailureMode failureMode() {
        return mode;
    }

    @Override
    public Dialect dialect() {
        return this;
    }

    @Override
    public ScriptRealm open(RealmSettings settings) {
        return this;
    }

    @Override
    public ReentrantLock lock() {
        return lock;
    }

    @Override
    public Script compile(ScriptSource source) throws ScriptException {
        ran.add("compile");
        List<String> lines =
                new String(source.text(), StandardCharsets.UTF_8).lines().toList();
        if (lines.contains("!")) {
            throw new ScriptException("syntax error", null, null);
        }
        return new FakeScript(source, lines);
    }

    private void held() {
        assertThat(lock.isHeldByCurrentThread()).as("lock of the realm is held").isTrue();
    }

    @Override
    public ScriptContext newContext(HostObject proxy) {
        held();
        contexts++;
        return new FakeContext();
    }

    @Override
    public void close() {}

    private final class FakeContext implements ScriptContext {
        @Override
        public ScriptRef response() {
            held();
            return FakeRef.of(response);
        }

        @Override
        public void clearResponse() {
            held();
            clears++;
        }
    }

    private final class FakeScript implements Script {
        private final ScriptSource source;
        private final List<String> lines;

        FakeScript(ScriptSource source, List<String> lines) {
            this.source = source;
            this.lines = lines;
        }

        @Override
        public ScriptSource source() {
            return source;
        }

        @Override
        public boolean mayDefine(Hook hook) {
            return lines.stream().anyMatch(l -> Arrays.asList(l.split(" ")).contains(hook.scriptName()));
        }

        @Override
        public ScriptInstance newInstance(ScriptContext context) throws ScriptException {
            held();
            ran.add("body");
            if (lines.contains("raise")) {
                throw new ScriptException("body raised", trace, null);
            }
            return new FakeInstance(lines);
        }
    }

    private final class FakeInstance implements ScriptInstance {
        private final Map<String, String> hooks = new HashMap<>();

        FakeInstance(List<String> lines) {
            lines.stream().map(l -> l.split(" ")).filter(l -> l.length == 2).forEach(l -> hooks.put(l[0], l[1]));
        }

        @Override
        public boolean defines(Hook hook) {
            return hooks.containsKey(hook.scriptName());
        }

        @Override
        public Integer call(Hook hook, ScriptContext context, Object... given) throws ScriptException {
            held();
            ran.add(hook.scriptName());
            arguments.add(given);
            acts.getOrDefault(hook, () -> {}).run();
            String action = hooks.get(hook.scriptName());
            if (action.equals("raise")) {
                throw new ScriptException("hook raised", trace, null);
            }
            return Integer.parseInt(action);
        }
    }

    @Override
    public String answerFault(AnswerFault fault) {
        return "fault " + fault;
    }

    @Override
    public String loadFailure() {
        return "load failed";
    }

    @Override
    public String bodyFailure() {
        return "body failed";
    }

    @Override
    public String hookFailure(Hook hook, ScriptException failure) {
        return hook.scriptName() + " failed: " + failure.getMessage();
    }

    @Override
    public String loadFailureLog(ScriptSource source, ScriptException failure) {
        return "cannot load: " + failure.getMessage();
    }

    @Override
    public String bodyFailureLog(ScriptSource source, ScriptException failure) {
        return "body: " + failure.getMessage();
    }

    @Override
    public String hookFailureLog(Hook hook, ScriptException failure) {
        return "(" + hook.scriptName() + ") " + failure.getMessage();
    }

    @Override
    public String sqlState(Bytes given) {
        return given == null ? "07000" : (given.toLatin1() + "00000").substring(0, 5);
    }
}
