package io.mysqlproxy.core.config;

import io.mysqlproxy.script.FailureMode;
import io.mysqlproxy.script.ScriptScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The script of a listener.
 *
 * @param engine the language, {@code lua} or {@code python}
 * @param file the script, absolute
 * @param scope what the user asked for; empty: what a comment of the script asks for, else the engine's default (J-01)
 * @param failureMode what the user asked for; empty: the engine's default (J-07)
 * @param warnAfter hooks that run longer are logged (J-08)
 */
public record ScriptConfig(
        String engine, Path file, Optional<ScriptScope> scope, Optional<FailureMode> failureMode, Duration warnAfter) {
    public ScriptConfig {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(failureMode, "failureMode");
        if (warnAfter.isNegative()) {
            throw new ConfigException("script-warn-ms has to be >= 0, is " + warnAfter.toMillis());
        }
    }
}
