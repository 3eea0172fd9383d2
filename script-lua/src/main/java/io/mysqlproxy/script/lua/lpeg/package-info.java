/**
 * The module {@code lpeg} 0.8: parsing expression grammars as values (script-libraries.md 7).
 *
 * <p>A {@link io.mysqlproxy.script.lua.lpeg.Peg} is a tree that matches by walking itself; captures are noted on the way and
 * become values when the whole has matched.
 */
package io.mysqlproxy.script.lua.lpeg;
