/** What a server is made of: the plugins, where they listen, their backends and their scripts; {@link ServerConfig} is the root. */
package io.mysqlproxy.core.config.server;
