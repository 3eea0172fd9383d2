/**
 * How what runs on a server is ended from outside (protocol.md W-39, W-44): in the proxy's own name if it has an account, else
 * over an idle connection of the same user.
 */
package io.mysqlproxy.core.kill;
