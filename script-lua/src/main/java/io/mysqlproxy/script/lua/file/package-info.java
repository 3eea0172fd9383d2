/** The library {@code io}: files, pipes and the process's own streams, as bytes. */
package io.mysqlproxy.script.lua.file;
