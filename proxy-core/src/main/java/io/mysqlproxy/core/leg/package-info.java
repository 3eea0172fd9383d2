/**
 * The two sides of a session: connections, the packets on them, and what was negotiated and who is logged in on each.
 *
 * <p>{@link io.mysqlproxy.core.leg.Peer} is the only way out; sockets are behind it, or a recording in tests.
 */
package io.mysqlproxy.core.leg;
