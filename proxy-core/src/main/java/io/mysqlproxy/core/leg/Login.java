package io.mysqlproxy.core.leg;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.wire.value.ConnectAttributes;
import java.util.Set;

/**
 * Who logged in, and with what answer to the server's challenge.
 *
 * @param user the account's name
 * @param response the answer as sent; empty where that is the password in clear
 * @param plugin the authentication plugin's name; empty if none was named
 * @param charset the connection's character set, as the id of a collation
 * @param attributes what the client says about itself
 * @param zstdLevel how hard it would have us compress; 0 if it does not say
 */
public record Login(
        Bytes user, Bytes response, Bytes plugin, int charset, ConnectAttributes attributes, int zstdLevel) {
    /** Methods whose answer is the password itself, or as good as that. */
    private static final Set<String> IN_CLEAR = Set.of("sha256_password", "mysql_clear_password", "dialog");

    /** Whether the answer by a method is a secret that must not outlive the login. */
    public static boolean isInClear(String plugin) {
        return IN_CLEAR.contains(plugin);
    }

    /** By a client that says nothing about itself. */
    public Login(Bytes user, Bytes response, Bytes plugin, int charset) {
        this(user, response, plugin, charset, ConnectAttributes.NONE, 0);
    }

    public Login {
        if (isInClear(plugin.toLatin1())) {
            response = Bytes.EMPTY; // a password is kept nowhere, and shown to no script (W-13)
        }
    }

    /** The answer is a secret of sorts: it is never printed. */
    @Override
    public String toString() {
        return "Login[user=" + user + ", plugin=" + plugin + "]";
    }
}
