package io.mysqlproxy.core.config.server;

import io.mysqlproxy.core.config.ConfigException;

/**
 * The account of the admin plugin. There is no default, and no empty password, on purpose.
 *
 * @param username the login name
 * @param password in the clear: both login methods need it
 */
public record AdminAccount(String username, String password) {
    public AdminAccount {
        if (username == null) {
            throw new ConfigException("--admin-username needs to be set");
        }
        if (password == null) {
            throw new ConfigException("--admin-password needs to be set");
        }
        if (password.isEmpty()) {
            throw new ConfigException("--admin-password cannot be empty");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "AdminAccount[" + username + "]";
    }
}
