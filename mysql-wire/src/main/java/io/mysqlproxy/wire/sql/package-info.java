/** SQL text cut into tokens, for scripts that look into statements. Bytes in, bytes out: no character set is assumed. */
package io.mysqlproxy.wire.sql;
