package io.mysqlproxy.core.plugin;

import io.mysqlproxy.core.admin.Console;
import io.mysqlproxy.core.admin.Control;
import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.server.AdminConfig;
import io.mysqlproxy.core.config.server.ScriptConfig;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.login.AdminGate;
import io.mysqlproxy.core.script.PluginScript;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.script.ScriptEngine;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The port of administrators: no server behind it, a script or the console answers. */
public final class AdminPlugin {
    private static final Backends NONE = new Backends(List.of(), () -> 0);

    private final Plugin plugin;
    private final Optional<PluginScript> script;

    /**
     * Reads nothing: the script is looked at when the first command comes.
     *
     * @param control the running server, whose proxy plugins are all there
     */
    public AdminPlugin(AdminConfig config, Control control, Realms realms) {
        script = config.script().map(s -> script(s, control, realms));
        Function<Session, Hooks> hooks = script.<Function<Session, Hooks>>map(s -> s::openAdmin)
                .orElseGet(() -> {
                    Console console = new Console(control);
                    return session -> console;
                });
        // its sessions have no backends: what scripts see is for looking at, not for connecting to
        plugin = Plugin.without(config.plugin(), NONE, hooks, new AdminGate(config.account()));
    }

    /** What its sessions have in common. */
    public Plugin plugin() {
        return plugin;
    }

    /** Its script; empty with the built-in console. */
    public Optional<PluginScript> script() {
        return script;
    }

    private static PluginScript script(ScriptConfig config, Control control, Realms realms) {
        List<Backend> all = control.plugins().stream()
                .flatMap(p -> p.backends().list().stream())
                .toList();
        Backends backends = new Backends(all, () -> 0);
        ScriptEngine engine = realms.engine(config.engine());
        return new PluginScript(config, engine, realms.realm(engine, backends, config), backends, realms.exit());
    }
}
