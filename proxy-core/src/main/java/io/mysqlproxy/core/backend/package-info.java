/**
 * The servers a plugin connects to: addresses, states, client counts, the connections to them and the idle ones among these.
 *
 * <p>{@link io.mysqlproxy.core.backend.Backend}, {@link io.mysqlproxy.core.backend.Backends} and {@link
 * io.mysqlproxy.core.backend.IdlePool} are shared by all event loops; a {@link io.mysqlproxy.core.backend.ServerLink} belongs
 * to one owner at a time.
 */
package io.mysqlproxy.core.backend;
