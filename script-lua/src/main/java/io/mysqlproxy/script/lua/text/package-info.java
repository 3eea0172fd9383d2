/** Numbers, dates and byte strings as text, by the rules of C's library in the C locale. */
package io.mysqlproxy.script.lua.text;
