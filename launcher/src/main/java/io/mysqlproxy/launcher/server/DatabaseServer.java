package io.mysqlproxy.launcher.server;

import java.nio.file.Path;

/** A running database server with an empty schema {@code test}, two accounts and {@code LOAD DATA LOCAL} allowed. */
public interface DatabaseServer {
    /** What it is, {@code MySQL 8.0.31} for example. */
    String name();

    /** Where it listens on 127.0.0.1. */
    int port();

    /** Where it listens in the file system. */
    Path socket();

    /** Logs in by the server's default method: caching_sha2_password on MySQL, mysql_native_password on MariaDB. */
    Account account();

    /** Logs in by mysql_native_password. */
    Account nativeAccount();

    /** What the server has to say about itself, for messages of tests. */
    String errorLog();
}
