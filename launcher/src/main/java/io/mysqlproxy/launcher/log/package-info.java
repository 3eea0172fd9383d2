/**
 * The log: one line form, the original names of the levels, and a file that can be moved away.
 *
 * <p>Levels are those of SLF4J under their own names: ERROR is written as {@code critical}, WARN as {@code warning}, INFO as
 * {@code message}, DEBUG as {@code info}, TRACE as {@code debug}. The sixth level, {@code error}, is above ERROR: an ERROR
 * event with a marker named {@code error}.
 */
package io.mysqlproxy.launcher.log;
