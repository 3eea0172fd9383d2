/**
 * The command: reads options, puts the modules together, and runs them until a signal ends it.
 *
 * <p>{@link io.mysqlproxy.launcher.Wiring} is the only class that knows every module. Options are data, in
 * {@link io.mysqlproxy.launcher.option}; the log is in {@link io.mysqlproxy.launcher.log}; database servers for the demo and for
 * tests are in {@link io.mysqlproxy.launcher.server}.
 */
package io.mysqlproxy.launcher;
