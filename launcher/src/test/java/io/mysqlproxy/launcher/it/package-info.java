/** Real clients and real servers with the proxy between them: what went through directly has to go through the proxy. */
package io.mysqlproxy.launcher.it;
