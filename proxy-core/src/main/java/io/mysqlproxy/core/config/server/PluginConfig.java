package io.mysqlproxy.core.config.server;

import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.Timeouts;

/** What a plugin is configured with: one bound address and what is served there. */
public sealed interface PluginConfig permits ListenerConfig, AdminConfig {
    /** The plugin's name. */
    String plugin();

    /** Where clients connect. */
    Address address();

    /** How long to wait. */
    Timeouts timeouts();
}
