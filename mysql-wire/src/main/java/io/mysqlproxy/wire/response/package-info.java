/**
 * Where a response ends and what it said.
 *
 * <p>Whoever sent a command takes the {@link io.mysqlproxy.wire.response.ResponseReader} that
 * {@link io.mysqlproxy.wire.Command#reader} offers and shows it each packet that comes back; it looks at as few bytes
 * as it can. {@link io.mysqlproxy.wire.response.ResultView} and {@link io.mysqlproxy.wire.response.ResultWriter} are for
 * result sets that somebody wants to read or to make up.
 */
package io.mysqlproxy.wire.response;
