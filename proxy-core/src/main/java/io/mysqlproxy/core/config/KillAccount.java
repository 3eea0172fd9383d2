package io.mysqlproxy.core.config;

import java.nio.charset.StandardCharsets;

/**
 * The account in whose name the proxy itself ends statements on servers: one that may end other users' (CONNECTION_ADMIN, SUPER),
 * or the one that clients log in with.
 *
 * @param user its name
 * @param password in the clear: servers ask for it in different ways; may be empty
 */
public record KillAccount(String user, String password) {
    public KillAccount {
        if (user.isEmpty()) {
            throw new ConfigException("kill-user cannot be empty");
        }
        if (password.indexOf('\0') >= 0) {
            throw new ConfigException("kill-password cannot hold a NUL");
        }
    }

    /** The password as bytes, for the caller to wipe. */
    public byte[] secret() {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "KillAccount[" + user + "]";
    }
}
