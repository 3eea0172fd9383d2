/** What a listener does with its clients, put together from its configuration. */
package io.mysqlproxy.core.plugin;
