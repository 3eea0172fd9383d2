package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.plugin.ScriptCheck;
import io.mysqlproxy.core.script.ScriptReport;
import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Settings;
import io.mysqlproxy.script.Hook;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Loads scripts without serving, and says what is to be said of each (J-30). */
final class Check {
    private static final List<ProxyOptions> LANGUAGES = List.of(ProxyOptions.LUA, ProxyOptions.PYTHON);

    private final Settings settings;
    private final PrintStream out;

    Check(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Whether all of them load; relative ones are below the current directory. */
    boolean run(ScriptCheck check, List<Path> files) {
        boolean good = true;
        for (Path file : files) {
            try {
                report(file, check.check(config(file)));
            } catch (ConfigException e) {
                out.println(file + ": " + e.getMessage());
                good = false;
            }
        }
        return good;
    }

    private void report(Path file, ScriptReport report) {
        String hooks = report.hooks().stream().map(Hook::scriptName).collect(Collectors.joining(", "));
        out.println(file + ": good, in scope " + report.scope().name().toLowerCase(Locale.ROOT) + "; hooks: "
                + (hooks.isEmpty() ? "none" : hooks));
        report.warning().ifPresent(text -> out.println("warning: " + text));
    }

    private ScriptConfig config(Path file) {
        ProxyOptions language = LANGUAGES.stream()
                .filter(options -> file.toString().endsWith(options.suffix()))
                .findFirst()
                .orElseThrow(() -> new ConfigException("what language it is in shows by its name: "
                        + LANGUAGES.stream().map(ProxyOptions::suffix).collect(Collectors.joining(" or "))));
        return new ScriptConfig(
                language.plugin(),
                language.engine(),
                file.toAbsolutePath(),
                settings.find(language.scope),
                Optional.empty(),
                Duration.ZERO);
    }
}
