package io.mysqlproxy.launcher.client;

/** The servers. */
enum Target {
    OLD_MYSQL("MySQL 5.7.22", false),
    MYSQL("MySQL 8.0.31", true),
    MARIADB("MariaDB 10.11", true);

    final String title;

    /** Whether it speaks TLS as today's Java does. */
    final boolean hasTls;

    Target(String title, boolean hasTls) {
        this.title = title;
        this.hasTls = hasTls;
    }
}
