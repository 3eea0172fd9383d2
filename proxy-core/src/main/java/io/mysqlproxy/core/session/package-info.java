/**
 * One client's conversation with its server, as a state machine that does no I/O of its own.
 *
 * <pre>
 *  Connecting -> Greeted -> Authorizing -> Authenticating -> Ready &lt;-> Running &lt;-> Uploading
 *       \           \            \               \             |  \-> Authenticating (COM_CHANGE_USER)
 *        \           \            \               \            |  \-> Tunnel (COM_BINLOG_DUMP)
 *         `-----------`------------`---------------`-----------`----> Closed
 * </pre>
 *
 * <p>{@link io.mysqlproxy.core.session.Session} owns the current {@link io.mysqlproxy.core.session.Phase}, feeds it with
 * bytes of both sides and applies the one rule of back-pressure; a phase says which phase comes next. Bytes leave through
 * {@link io.mysqlproxy.core.leg.Peer} only. Everything of a session happens on one event loop, so nothing here is
 * synchronised.
 */
package io.mysqlproxy.core.session;
