package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.launcher.option.ChassisOptions;
import io.mysqlproxy.launcher.option.PluginOptions;
import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Setting;
import io.mysqlproxy.launcher.option.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which values, and which options together, make sense. */
final class Rules {
    /** More would only wait for each other; each takes a megabyte of stack. */
    private static final int MOST_THREADS = 1024;

    private Rules() {}

    /** @throws ConfigException naming the first option that does not */
    static void check(Settings settings, List<PluginOptions> plugins) {
        within(settings, ChassisOptions.EVENT_THREADS, 1, MOST_THREADS);
        within(settings, ChassisOptions.QUERY_STATS, 0, Integer.MAX_VALUE);
        plugins.stream()
                .filter(ProxyOptions.class::isInstance)
                .map(ProxyOptions.class::cast)
                .forEach(plugin -> within(settings, plugin.scriptWarnMillis, 0, Integer.MAX_VALUE));
        if (settings.has(ChassisOptions.LOG_FILE) && settings.get(ChassisOptions.LOG_USE_SYSLOG)) {
            throw new ConfigException("log-file and log-use-syslog were given, but only one is allowed");
        }
        checkDemo(settings);
    }

    private static void within(Settings settings, Setting<Integer> setting, int least, int most) {
        int value = settings.get(setting);
        if (value < least || value > most) {
            String bound = value < least ? ">= " + least : "<= " + most;
            throw new ConfigException("--" + setting.name() + " has to be " + bound + ", is " + value);
        }
    }

    /** The demo has plugins, backends and scripts of its own. */
    private static void checkDemo(Settings settings) {
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
