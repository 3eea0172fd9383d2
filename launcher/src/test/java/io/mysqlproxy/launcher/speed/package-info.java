/**
 * What the proxy's own work costs, without sockets: a test of what it allocates, and benchmarks. To run those:
 * {@code mvn -pl launcher -am test-compile}, then {@code org.openjdk.jmh.Main} with the class path of the tests.
 */
package io.mysqlproxy.launcher.speed;
