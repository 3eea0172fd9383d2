package io.mysqlproxy.launcher.option;

/** The options of a plugin, known only where the plugin is loaded. */
public sealed interface PluginOptions permits ProxyOptions, AdminOptions {
    /** The plugin's name. */
    String plugin();

    /** All of them, for parsing and help. */
    OptionGroup group();
}
