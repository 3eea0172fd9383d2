/**
 * Declared members, presented in the manner of Python (python-api.md 3), and Python's values, presented to the core.
 *
 * <p>A {@code Home} turns looks at host objects into {@code PyHost} wrappers: the realm has one, each client connection
 * has one. A {@code Shape} is what all wrappers of one {@link io.mysqlproxy.script.HostType} share: a Python type and a
 * {@code Slot} for each name. In the other direction {@code PyRef} reads what a script left in {@code proxy.response}.
 */
package io.mysqlproxy.script.python.host;
