/** What Lua scripts see and do, statement by statement, from a client's first byte to a server's last. */
package io.mysqlproxy.launcher.lua;
