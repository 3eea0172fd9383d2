/** A run of everything a start needs, by which {@code bin/launcher} learns which classes to keep ready. */
package io.mysqlproxy.launcher.rehearsal;
