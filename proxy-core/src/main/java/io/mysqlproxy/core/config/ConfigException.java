package io.mysqlproxy.core.config;

/** A setting that cannot be used. The message is for the user: it names the setting, its value and what was expected. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String plugin;

    /** @param message one sentence for the user */
    public ConfigException(String message) {
        super(message);
        this.plugin = null;
    }

    /**
     * @param message one sentence for the user
     * @param cause what went wrong underneath
     */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
        this.plugin = null;
    }

    private ConfigException(String plugin, ConfigException cause) {
        super(cause.getMessage(), cause);
        this.plugin = plugin;
    }

    /** The same as the fault of one plugin's configuration. */
    public ConfigException of(String pluginName) {
        return new ConfigException(pluginName, this);
    }

    /** The plugin whose configuration it is; null if it is nobody's in particular. */
    public String plugin() {
        return plugin;
    }
}
