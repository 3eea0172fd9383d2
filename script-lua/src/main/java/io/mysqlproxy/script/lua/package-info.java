/**
 * Lua scripts, on LuaJ.
 *
 * <p>{@link io.mysqlproxy.script.lua.LuaRealm} is the one interpreter: the globals {@code _G} that all scripts share, and
 * {@code _G.proxy}, whose metatable is pointed at the connection whose hook is about to run. A {@link
 * io.mysqlproxy.script.lua.LuaScript} is compiled once; each body run is a closure over a fresh {@link
 * io.mysqlproxy.script.lua.ScriptGlobals}.
 */
package io.mysqlproxy.script.lua;
