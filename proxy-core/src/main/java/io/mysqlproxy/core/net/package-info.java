/** Sockets: the only package that knows channels and event loops. Turns their events into calls of a session. */
package io.mysqlproxy.core.net;
