package io.mysqlproxy.launcher.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * MySQL 9.7 as distributions package it, from a tree that somebody has unpacked and names by {@code -Dmysql.newest=DIR}: no
 * archive keeps it under one name. It has no mysql_native_password any more.
 */
public final class NewestMysqlServer implements MysqlProduct {
    /** Name and version, as far as they do not change from one package to the next. */
    public static final String NAME = "MySQL 9.7";

    private static final String PROPERTY = "mysql.newest";

    private final Path tree;

    private NewestMysqlServer(Path tree) {
        this.tree = tree;
    }

    /** Whether a tree was named. */
    public static boolean isHere() {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * Starts one.
     *
     * @throws ServerException if that is not possible here; the message says why
     */
    public static EmbeddedServer start() {
        String named = Optional.ofNullable(System.getProperty(PROPERTY))
                .orElseThrow(() -> new ServerException("-D" + PROPERTY + " names no " + NAME));
        NewestMysqlServer server = new NewestMysqlServer(Path.of(named));
        if (!Files.isExecutable(server.program())) {
            throw new ServerException("-D" + PROPERTY + "=" + named + " holds no usr/sbin/mysqld");
        }
        String version =
                Command.run(List.of(server.program().toString(), "--version")).output();
        if (!version.contains(NAME.replace("MySQL", "Ver"))) {
            throw new ServerException("-D" + PROPERTY + "=" + named + " is no " + NAME + ", but " + version.strip());
        }
        return EmbeddedServer.start(server, ServerCache.ofUser(), List.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Path program() {
        return tree.resolve("usr/sbin/mysqld");
    }

    @Override
    public List<String> options() {
        return List.of(
                "--basedir=" + tree.resolve("usr"),
                "--lc-messages-dir=" + tree.resolve("usr/share/mysql"),
                "--character-sets-dir=" + tree.resolve("usr/share/mysql/charsets"),
                "--plugin-dir=" + tree.resolve("usr/lib/mysql/plugin"),
                "--secure-file-priv=",
                "--mysqlx=OFF",
                "--innodb-redo-log-capacity=8M",
                "--innodb-use-native-aio=OFF");
    }

    @Override
    public List<String> accounts(Account byDefault, Account instead) {
        return List.of(create(byDefault), grant(byDefault), create(instead), grant(instead));
    }

    private static String create(Account account) {
        return String.format(
                "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s';", account.user(), account.password());
    }

    private static String grant(Account account) {
        return String.format("GRANT ALL PRIVILEGES ON *.* TO '%s'@'%%' WITH GRANT OPTION;", account.user());
    }
}
