/**
 * Corrections of the published {@code luaj-jse} 3.0.1 that no library function can make.
 *
 * <p>Each {@link io.mysqlproxy.script.lua.patch.Substitution} gives one method of one LuaJ class a body that calls our own
 * code. {@link io.mysqlproxy.script.lua.patch.Substitutions} defines the corrected classes in LuaJ's own package before
 * LuaJ is used for the first time; so nothing outside this module may touch LuaJ.
 */
package io.mysqlproxy.script.lua.patch;
