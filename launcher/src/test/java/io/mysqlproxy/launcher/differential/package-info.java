/** The same conversations with a server and with proxies before it, compared packet by packet. */
package io.mysqlproxy.launcher.differential;
