/**
 * The hook life cycle, once for every language: which version of a script counts, how long its variables live, the lock, the
 * clock, what a failure means, and what {@code proxy.response} says.
 */
package io.mysqlproxy.core.script;
