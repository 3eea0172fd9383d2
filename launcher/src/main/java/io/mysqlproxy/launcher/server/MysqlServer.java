package io.mysqlproxy.launcher.server;

import java.nio.file.Path;
import java.util.List;

/** MySQL for Linux on x86-64, out of a jar. */
public final class MysqlServer implements MysqlProduct {
    /** What the jar holds. */
    private static final String NAME = "MySQL 8.0.31";

    private final Path tree;

    private MysqlServer(Path tree) {
        this.tree = tree;
    }

    /**
     * Starts one. The first start on a machine takes some seconds longer: it unpacks and initialises.
     *
     * @param extraOptions further options of mysqld
     * @throws ServerException if that is not possible here; the message says why
     */
    public static EmbeddedServer start(String... extraOptions) {
        return start(ServerCache.ofUser(), extraOptions);
    }

    static EmbeddedServer start(ServerCache cache, String... extraOptions) {
        requirePlatform();
        Path tree = cache.directory(NAME.replace(' ', '-'), MysqlArchive::unpack);
        NativeLibraries.complete(tree);
        return EmbeddedServer.start(new MysqlServer(tree), cache, List.of(extraOptions));
    }

    private static void requirePlatform() {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.equals("Linux amd64")) {
            throw new ServerException("the embedded " + NAME + " is for Linux amd64, this is " + platform);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Path program() {
        return tree.resolve("bin/mysqld");
    }

    @Override
    public List<String> options() {
        return List.of(
                "--basedir=" + tree,
                "--lc-messages-dir=" + tree.resolve("share"),
                "--mysqlx=OFF",
                "--host-cache-size=0",
                "--innodb-redo-log-capacity=8M",
                "--innodb-use-native-aio=OFF");
    }

    @Override
    public List<String> accounts(Account byDefault, Account byNativePassword) {
        return List.of(
                create(byDefault, "caching_sha2_password"),
                grant(byDefault),
                create(byNativePassword, "mysql_native_password"),
                grant(byNativePassword));
    }

    private static String create(Account account, String plugin) {
        return String.format(
                "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED WITH %s BY '%s';",
                account.user(), plugin, account.password());
    }

    private static String grant(Account account) {
        return String.format("GRANT ALL PRIVILEGES ON *.* TO '%s'@'%%' WITH GRANT OPTION;", account.user());
    }
}
