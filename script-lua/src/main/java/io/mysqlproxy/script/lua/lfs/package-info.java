/** The module {@code lfs}, LuaFileSystem 1.2 (script-libraries.md 6.3). */
package io.mysqlproxy.script.lua.lfs;
