package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.launcher.option.AdminOptions;
import io.mysqlproxy.launcher.option.OptionGroup;
import io.mysqlproxy.launcher.option.PluginOptions;
import io.mysqlproxy.launcher.option.ProxyOptions;
import io.mysqlproxy.launcher.option.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The plugins there are, by name. */
final class Plugins {
    private static final List<PluginOptions> ALL = List.of(AdminOptions.ADMIN, ProxyOptions.LUA, ProxyOptions.PYTHON);

    /**
     * The plugins of these names, each once.
     *
     * @throws ConfigException if there is no such plugin
     */
    static List<PluginOptions> named(List<String> names) {
        List<PluginOptions> plugins = new ArrayList<>();
        for (String name : names) {
            PluginOptions plugin = named(name);
            if (!plugins.contains(plugin)) {
                plugins.add(plugin);
            }
        }
        return List.copyOf(plugins);
    }

    /** The long names of options that belong to no plugin in this list, but to another one. */
    static Set<String> foreign(List<PluginOptions> loaded) {
        return ALL.stream()
                .filter(plugin -> !loaded.contains(plugin))
                .map(PluginOptions::group)
                .map(OptionGroup::settings)
                .flatMap(List::stream)
                .flatMap(Setting::names)
                .collect(Collectors.toSet());
    }

    private static PluginOptions named(String name) {
        return ALL.stream()
                .filter(plugin -> plugin.plugin().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new ConfigException("loading module '" + name + "' failed: unknown plugin, known are: "
                                + ALL.stream().map(PluginOptions::plugin).collect(Collectors.joining(", "))));
    }

    private Plugins() {}
}
