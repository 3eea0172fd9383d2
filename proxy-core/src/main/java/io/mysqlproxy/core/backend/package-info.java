/** The servers a plugin connects to: their addresses, states and client counts. Shared by all event loops. */
package io.mysqlproxy.core.backend;
