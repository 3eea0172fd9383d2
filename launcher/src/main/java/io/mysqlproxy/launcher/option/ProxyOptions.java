package io.mysqlproxy.launcher.option;

import io.mysqlproxy.core.config.server.ListenerConfig;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options of a proxy plugin: one set of declarations, as often as there are plugins. */
public final class ProxyOptions implements PluginOptions {
    /** The proxy that Lua scripts steer. */
    public static final ProxyOptions LUA = new ProxyOptions(new Traits(
            "proxy", "lua", ":4040", List.of(ScriptScope.EXECUTION, ScriptScope.CONNECTION), FailureMode.PROCEED));

    /** The proxy that Python scripts steer. */
    public static final ProxyOptions PYTHON = new ProxyOptions(new Traits(
            "pyproxy",
            "python",
            ":4045",
            List.of(ScriptScope.GLOBAL, ScriptScope.CONNECTION, ScriptScope.EXECUTION),
            FailureMode.REFUSE));

    private static final String ADDRESS_FORM = "<host:port>";

    private final Traits traits;

    public final Setting<String> address;
    public final Setting<List<String>> backends;
    public final Setting<List<String>> readOnlyBackends;
    public final Setting<Path> script;
    public final Setting<ScriptScope> scope;
    public final Setting<FailureMode> onScriptError;
    public final Setting<Integer> scriptWarnMillis;
    public final Setting<Double> scriptTimeout;
    public final Setting<Double> connectTimeout;
    public final Setting<Double> readTimeout;
    public final Setting<Double> writeTimeout;
    public final Setting<Boolean> skipProfiling;
    public final Setting<Boolean> poolNoChangeUser;
    public final Setting<Integer> maxBufferedResult;
    public final Setting<Boolean> disabled;
    public final ProtocolOptions protocol;

    /** What differs from one proxy plugin to the other; the first scope is the engine's default. */
    private record Traits(
            String plugin, String engine, String address, List<ScriptScope> scopes, FailureMode onScriptError) {}

    private ProxyOptions(Traits traits) {
        this.traits = traits;
        this.address = address().letters("P");
        this.backends = list("backend-addresses", List.of("127.0.0.1:3306"), "Servers to read from and write to")
                .letters("b");
        this.readOnlyBackends = readOnlyBackends();
        this.script = of(traits.engine + "-script", Kind.FILE, null, "<filename>", "The script to run")
                .letters("s");
        this.scope = scope();
        this.onScriptError = onScriptError();
        this.scriptWarnMillis =
                of("script-warn-ms", Kind.INTEGER, 100, "<n>", "Log hooks that run longer, in milliseconds");
        this.scriptTimeout = seconds("script-timeout", 0.0, scriptTimeout());
        this.connectTimeout = seconds("connect-timeout", 2.0, "Longest time to connect to a server");
        this.readTimeout = seconds("read-timeout", 28800.0, "Longest time without a byte from a client or server");
        this.writeTimeout = seconds("write-timeout", 28800.0, "Longest time for a client or server to take a byte");
        this.skipProfiling = Setting.flag(name("skip-profiling"), "Take no time stamps of queries");
        this.poolNoChangeUser = Setting.flag(
                name("pool-no-change-user"),
                "Let a client that is provably the same take over an idle connection as it is");
        this.maxBufferedResult = of(
                "max-buffered-result",
                Kind.INTEGER,
                ListenerConfig.DEFAULT_MAX_BUFFERED_RESULT,
                "<bytes>",
                "Longest result that is held for a script");
        this.disabled = Setting.flag("no-" + traits.plugin, "Load the plugin, but do not listen");
        this.protocol = new ProtocolOptions(traits.plugin);
    }

    /** The plugin's name, which is also the prefix of its options. */
    @Override
    public String plugin() {
        return traits.plugin;
    }

    /** How names of its scripts end. */
    public String suffix() {
        return traits.engine.equals("lua") ? ".lua" : ".py";
    }

    /** The language of its scripts. */
    public String engine() {
        return traits.engine;
    }

    /** What the log says where there is no script, letter by letter; empty if nothing. */
    public Optional<String> withoutScript() {
        return traits.engine.equals("python") ? Optional.of("No avalible python script.") : Optional.empty();
    }

    @Override
    public OptionGroup group() {
        List<Setting<?>> settings = new ArrayList<>(List.of(
                address,
                backends,
                readOnlyBackends,
                script,
                scope,
                onScriptError,
                scriptWarnMillis,
                scriptTimeout,
                connectTimeout,
                readTimeout,
                writeTimeout,
                skipProfiling,
                poolNoChangeUser,
                maxBufferedResult,
                disabled));
        settings.addAll(protocol.all());
        if (traits.plugin.equals("proxy")) {
            settings.add(Setting.flag("proxy-fix-bug-25371", "Accepted for old configurations; does nothing"));
        }
        return new OptionGroup(traits.plugin + "-module", settings);
    }

    private Setting<String> address() {
        String description = "Where clients connect; a path is a unix socket";
        return of("address", Kind.TEXT, traits.address, ADDRESS_FORM, description);
    }

    private Setting<ScriptScope> scope() {
        String byDefault = "what the script asks for, else " + word(traits.scopes.get(0));
        String description = "How long the script's own variables live (default: " + byDefault + ")";
        return words(traits.engine + "-scope", traits.scopes, description);
    }

    private String scriptTimeout() {
        String exceptions = traits.engine.equals("python")
                ? "one expression, a sleep or a command is not interrupted"
                : "a sleep or a command is not interrupted";
        return "Longest time for a hook, which then fails; 0 for no limit; " + exceptions;
    }

    private Setting<FailureMode> onScriptError() {
        String description = "What follows a failed hook: the default action, or an error for the client (default: "
                + word(traits.onScriptError) + ")";
        return words("on-script-error", List.of(FailureMode.values()), description);
    }

    private Setting<List<String>> readOnlyBackends() {
        Setting<List<String>> setting = list(
                        "read-only-backend-addresses", null, "Servers that only a script chooses, to read from")
                .letters("r");
        // the manual of the Python plugin spells it in another way
        return traits.engine.equals("python") ? setting.alias(name("readonly-backend-address")) : setting;
    }

    private <T> Setting<T> of(String rest, Kind<T> kind, T fallback, String placeholder, String description) {
        return Setting.of(name(rest), kind, fallback, placeholder, description);
    }

    private Setting<List<String>> list(String rest, List<String> fallback, String description) {
        return of(rest, Kind.LIST, fallback, ADDRESS_FORM + ",...", description);
    }

    private Setting<Double> seconds(String rest, Double fallback, String description) {
        return of(rest, Kind.DECIMAL, fallback, "<seconds>", description);
    }

    private <E extends Enum<E>> Setting<E> words(String rest, List<E> choices, String description) {
        Map<String, E> byWord = new LinkedHashMap<>();
        choices.forEach(choice -> byWord.put(word(choice), choice));
        return of(rest, Kind.oneOf(byWord), null, "(" + String.join("|", byWord.keySet()) + ")", description);
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private String name(String rest) {
        return traits.plugin + "-" + rest;
    }
}
