/**
 * Settings: records that are checked when they are constructed and never change.
 *
 * <p>Reading options and files is the launcher's work; see {@link io.mysqlproxy.core.config.server.ServerConfig} for the root.
 */
package io.mysqlproxy.core.config;
