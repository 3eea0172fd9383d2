/**
 * What a script language must offer, and what it is given: the whole border between the proxy and its script engines.
 *
 * <p>{@link io.mysqlproxy.script.ScriptEngine} is found by {@link java.util.ServiceLoader} and opens one {@link
 * io.mysqlproxy.script.ScriptRealm}: one interpreter, its shared globals and its lock. A realm compiles a file into a
 * {@link io.mysqlproxy.script.Script}; running the body of that script gives a {@link
 * io.mysqlproxy.script.ScriptInstance} whose hooks can be called. A {@link io.mysqlproxy.script.ScriptContext} is what the
 * realm keeps for one client connection, in every scope.
 *
 * <p>What scripts see is declared once, with {@link io.mysqlproxy.script.HostType}, and is presented by each engine in the
 * manner of its language. This package depends on the JDK only.
 */
package io.mysqlproxy.script;
