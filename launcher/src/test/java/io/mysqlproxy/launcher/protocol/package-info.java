/** Today's protocol against real servers: TLS, authentication, capabilities, limits. */
package io.mysqlproxy.launcher.protocol;
