/**
 * The standard library of Lua 5.1, and how a chunk is loaded. Nothing of LuaJ's own library, which follows Lua 5.2, is used.
 */
package io.mysqlproxy.script.lua.lib;
