package io.mysqlproxy.launcher;

import io.mysqlproxy.core.config.ConfigException;

/** A plugin cannot serve with its configuration. */
final class PluginRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String plugin;

    /**
     * @param plugin whose configuration it is
     * @param cause what is wrong with it, for the user
     */
    PluginRefusal(String plugin, ConfigException cause) {
        super(cause.getMessage(), cause);
        this.plugin = plugin;
    }

    /** Whose configuration it is. */
    String plugin() {
        return plugin;
    }
}
