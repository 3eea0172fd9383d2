/**
 * What {@code mysql.proto} makes of payloads, and payloads of what scripts give it.
 *
 * <p>Not the packet records of the wire: these tables have the layout, the leniency and the defaults that scripts have known
 * since servers spoke 5.0, and must keep them whatever today's packets look like.
 */
package io.mysqlproxy.core.script.module.proto;
