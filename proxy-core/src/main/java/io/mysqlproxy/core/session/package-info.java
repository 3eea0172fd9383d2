/**
 * One client's conversation with its server, as a state machine that does no I/O of its own.
 *
 * <pre>
 *  session.login     Connecting -> Greeted -> Authorizing -> Authenticating -> Ready
 *                         \           \         |   ^ \           /
 *                          \           \        Relogin ---------'
 *                           `-----------`------------`-----> Closed
 *
 *  session.command   Ready &lt;-> Relaying, or Gathering -> Holding -> Sending, Swallowing
 *                     |  \-> Uploading (LOCAL INFILE), Killing, Refusing (longer than may be held)
 *                     |  \-> ChangingUser (COM_CHANGE_USER), Tunnel (COM_BINLOG_DUMP)
 *                     `----> Closed
 *
 *  session.admin     AdminLogin -> AdminReady    the admin port's own, without a server
 * </pre>
 *
 * <p>{@link io.mysqlproxy.core.session.Session} owns the current phase; a phase says which one comes next. {@code Pump} feeds
 * phases with the bytes of both sides and keeps the one rule of back-pressure, {@code ServerSlot} holds the server's connection
 * and hears what happens on it, {@code Ending} knows how it all ends. Bytes leave through {@link
 * io.mysqlproxy.core.leg.Peer} only. Everything of a session happens on the event loop of its client: what a pooled server
 * connection on another loop says is handed over first.
 */
package io.mysqlproxy.core.session;
