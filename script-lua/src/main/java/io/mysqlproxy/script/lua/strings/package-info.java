/** The library {@code string}, over bytes, with Lua's patterns and C's formats. */
package io.mysqlproxy.script.lua.strings;
