/** Declared objects of the proxy as Lua values, and Lua values as the proxy reads them. */
package io.mysqlproxy.script.lua.host;
