/**
 * What a session asks of its scripts, and the closed list of what they can answer.
 *
 * <p>Sessions know this package only; {@code core.script} implements it.
 */
package io.mysqlproxy.core.hook;
