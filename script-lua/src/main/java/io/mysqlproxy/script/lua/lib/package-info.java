/**
 * The standard library of Lua 5.1 where LuaJ, which follows 5.2, lacks or differs.
 *
 * <p>Every class registers functions of ours over the published ones, in the tables of one interpreter.
 */
package io.mysqlproxy.script.lua.lib;
