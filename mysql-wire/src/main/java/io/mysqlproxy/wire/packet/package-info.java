/**
 * One record per packet, both directions side by side: {@code read} takes a payload, {@code write} appends one.
 *
 * <p>There are no sequence ids and no framing here; those are {@link io.mysqlproxy.wire.Packet}'s. {@code read} moves the
 * reader index of the payload it is given, never keeps the buffer, and throws
 * {@link io.mysqlproxy.wire.ProtocolException} for anything that is not such a packet. Bytes behind the last known field
 * are ignored, as the protocol grows that way, except in rows. Names of plugins, versions and SQL states are ASCII and
 * therefore text; whatever users choose is a {@link io.mysqlproxy.wire.ByteString}.
 */
package io.mysqlproxy.wire.packet;
