/** Sockets: with its subpackage the only one that knows channels and event loops. Turns their events into calls of a session. */
package io.mysqlproxy.core.net;
