package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.launcher.option.ProxyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plugins there are, by name. */
final class Plugins {
    private static final String ADMIN = "admin";

    private static final Map<String, ProxyOptions> PROXIES = Map.of(
            ProxyOptions.LUA.plugin(), ProxyOptions.LUA,
            ProxyOptions.PYTHON.plugin(), ProxyOptions.PYTHON);

    /**
     * The plugins of these names, each once.
     *
     * @throws ConfigException if there is no such plugin
     */
    static List<ProxyOptions> named(List<String> names) {
        List<ProxyOptions> plugins = new ArrayList<>();
        for (String name : names) {
            ProxyOptions plugin = named(name);
            if (!plugins.contains(plugin)) {
                plugins.add(plugin);
            }
        }
        return List.copyOf(plugins);
    }

    private static ProxyOptions named(String name) {
        ProxyOptions plugin = PROXIES.get(name);
        if (plugin != null) {
            return plugin;
        }
        String reason = name.equals(ADMIN)
                ? "this plugin is not available yet"
                : "unknown plugin, known are: admin, proxy, pyproxy";
        throw new ConfigException("loading module '" + name + "' failed: " + reason);
    }

    private Plugins() {}
}
