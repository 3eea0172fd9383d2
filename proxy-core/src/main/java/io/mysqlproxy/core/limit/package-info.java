/** How many clients of a kind a plugin lets in (protocol.md 9). */
package io.mysqlproxy.core.limit;
