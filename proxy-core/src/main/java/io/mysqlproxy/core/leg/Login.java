package io.mysqlproxy.core.leg;

import io.mysqlproxy.script.Bytes;

/**
 * Who logged in, and with what answer to the server's challenge.
 *
 * @param user the account's name
 * @param response the answer as sent, of whatever authentication plugin
 * @param plugin the authentication plugin's name; empty if none was named
 * @param charset the connection's character set, as the id of a collation
 */
public record Login(Bytes user, Bytes response, Bytes plugin, int charset) {
    /** The answer is a secret of sorts: it is never printed. */
    @Override
    public String toString() {
        return "Login[user=" + user + ", plugin=" + plugin + "]";
    }
}
