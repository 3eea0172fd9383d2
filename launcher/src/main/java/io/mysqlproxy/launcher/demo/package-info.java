/**
 * The demonstration: paired Lua and Python scripts in front of one real server, and what clients of both proxies get to see.
 *
 * <p>The client is this project's own, on its own protocol layer: JDBC drivers may not be handed out with it.
 */
package io.mysqlproxy.launcher.demo;
