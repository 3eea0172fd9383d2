package io.mysqlproxy.launcher.client;

import io.mysqlproxy.launcher.server.NewestMysqlServer;
import java.util.Arrays;
import java.util.List;

/** The servers. */
enum Target {
    OLD_MYSQL("MySQL 5.7.22", false),
    MYSQL("MySQL 8.0.31", true),
    MARIADB("MariaDB 10.11", true),
    NEWEST_MYSQL(NewestMysqlServer.NAME, true);

    final String title;

    /** Whether it speaks TLS as today's Java does. */
    final boolean hasTls;

    Target(String title, boolean hasTls) {
        this.title = title;
        this.hasTls = hasTls;
    }

    /** Those that are here. */
    static List<Target> present() {
        return Arrays.stream(values()).filter(Target::isHere).toList();
    }

    private boolean isHere() {
        return this != NEWEST_MYSQL || NewestMysqlServer.isHere();
    }
}
