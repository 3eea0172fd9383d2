package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.Settings;
import java.util.HashSet;
import java.util.Set;

/** Which options go with {@code --demo}. */
final class DemoRules {
    private DemoRules() {}

    /** The demo has plugins, backends and scripts of its own. */
    static void check(Settings settings) {
        boolean keepRunning = settings.get(ChassisOptions.KEEP_RUNNING);
        if (!settings.get(ChassisOptions.DEMO)) {
            if (keepRunning) {
                throw new ConfigException("--keep-running needs --demo");
            }
            return;
        }
        Set<String> allowed = new HashSet<>();
        ChassisOptions.application().settings().forEach(setting -> allowed.add(setting.name()));
        allowed.remove(ChassisOptions.PLUGINS.name());
        if (!keepRunning) {
            allowed.remove(ChassisOptions.PID_FILE.name());
        }
        settings.given().keySet().stream()
                .filter(name -> !allowed.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigException("--" + name + " has no meaning for this --demo");
                });
    }
}
