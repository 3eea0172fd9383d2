package io.mysqlproxy.core.config.server;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The script of a listener.
 *
 * @param plugin whose script it is
 * @param engine the language, {@code lua} or {@code python}
 * @param file the script, absolute
 * @param scope what the user asked for; empty: what a comment of the script asks for, else the engine's default (J-01)
 * @param failureMode what the user asked for; empty: the engine's default (J-07)
 * @param warnAfter hooks that run longer are logged (J-08)
 */
public record ScriptConfig(
        String plugin,
        String engine,
        Path file,
        Optional<ScriptScope> scope,
        Optional<FailureMode> failureMode,
        Duration warnAfter) {
    public ScriptConfig {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(failureMode, "failureMode");
        Objects.requireNonNull(plugin, "plugin");
        if (warnAfter.isNegative()) {
            throw new ConfigException("script-warn-ms has to be >= 0, is " + warnAfter.toMillis());
        }
    }

    /** The script of the proxy plugin that this language usually has. */
    public ScriptConfig(
            String engine,
            Path file,
            Optional<ScriptScope> scope,
            Optional<FailureMode> failureMode,
            Duration warnAfter) {
        this(engine.equals("python") ? "pyproxy" : "proxy", engine, file, scope, failureMode, warnAfter);
    }

    /** The option that chooses the scope. */
    public String scopeOption() {
        return "--" + plugin + "-" + engine + "-scope";
    }
}
