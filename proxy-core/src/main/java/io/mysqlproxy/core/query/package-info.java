/** Commands that clients send and scripts queue, what came of them, and which statements a connection has prepared. */
package io.mysqlproxy.core.query;
