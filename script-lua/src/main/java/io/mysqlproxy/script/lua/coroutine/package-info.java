/** The library {@code coroutine}. Each coroutine has a daemon thread; only one of them runs at any time. */
package io.mysqlproxy.script.lua.coroutine;
