package io.mysqlproxy.core.script;

import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.script.ScopeWarning;
import java.util.List;
import java.util.stream.Collectors;

/** Says which variables a script loses between its hooks, and what keeps them (J-03). */
final class ScopeWarnings {
    private ScopeWarnings() {}

    /** One text for a file; null if there is nothing to say. */
    static String text(ScriptConfig config, List<ScopeWarning> warnings) {
        if (warnings.isEmpty()) {
            return null;
        }
        String names = warnings.stream()
                .map(w -> "'" + w.name() + "' (line "
                        + w.lines().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining(", "));
        String store = config.engine().equals("python") ? "proxy.globals" : "proxy.global";
        return config.file() + ": each hook runs the script anew, so what functions assign to " + names
                + " is lost before the next hook; " + config.scopeOption()
                + "=connection keeps it for each connection, "
                + "a field of " + store + " for all of them";
    }
}
