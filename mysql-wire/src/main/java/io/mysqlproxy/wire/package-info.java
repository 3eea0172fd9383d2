/**
 * The MySQL client/server protocol on {@link io.netty.buffer.ByteBuf}: no channels, no threads, no clock.
 *
 * <p>This package holds what every layer above needs: physical packets and how to cut them from a byte stream,
 * the primitive data types, capability flags, commands and numeric constants. Terms and names are those of the
 * protocol pages of the MySQL source documentation (dev.mysql.com/doc/dev/mysql-server/latest).
 *
 * <p>Everything here is single-threaded: a {@link io.mysqlproxy.wire.Framing} belongs to one event loop.
 */
package io.mysqlproxy.wire;
