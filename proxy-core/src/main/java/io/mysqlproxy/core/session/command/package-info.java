/**
 * The phases of a client that is logged in: between commands, and while one is with the server or the script.
 *
 * <p>{@code Turn} knows what has come of the client's command, {@code Forwarding} sends it as it is, {@code QueueRun} what a
 * script has queued.
 */
package io.mysqlproxy.core.session.command;
