/** What LuaJ itself does not keep: who calls whom, and the texts and positions of errors as Lua 5.1 gives them. */
package io.mysqlproxy.script.lua.call;
