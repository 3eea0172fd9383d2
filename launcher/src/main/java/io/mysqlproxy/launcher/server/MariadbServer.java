package io.mysqlproxy.launcher.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The MariaDB that is installed on this machine. */
public final class MariadbServer implements Product {
    private static final Pattern VERSION = Pattern.compile("Ver ([0-9.]+)");
    private static final String MISSING =
            "there is no MariaDB server here: Debian's package mariadb-server-core has it";

    private final Path program;
    private final Path installer;
    private final String name;

    private MariadbServer(Path program, Path installer) {
        this.program = program;
        this.installer = installer;
        this.name = "MariaDB " + version(program);
    }

    /**
     * Starts one.
     *
     * @param extraOptions further options of mariadbd
     * @throws ServerException if that is not possible here; the message says why
     */
    public static EmbeddedServer start(String... extraOptions) {
        return start(ServerCache.ofUser(), extraOptions);
    }

    static EmbeddedServer start(ServerCache cache, String... extraOptions) {
        Path program = Command.find("mariadbd").orElseThrow(() -> new ServerException(MISSING));
        Path installer = Command.find("mariadb-install-db").orElseThrow(() -> new ServerException(MISSING));
        return EmbeddedServer.start(new MariadbServer(program, installer), cache, List.of(extraOptions));
    }

    private static String version(Path program) {
        Matcher version = VERSION.matcher(Command.run(List.of(program.toString(), "--no-defaults", "--version"))
                .output());
        return version.find() ? version.group(1) : "of unknown version";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path program() {
        return program;
    }

    @Override
    public List<String> options() {
        return List.of("--innodb-log-file-size=8M", "--innodb-use-native-aio=OFF");
    }

    @Override
    public void initialise(Path data) {
        List<String> command = new ArrayList<>(List.of(
                installer.toString(),
                "--no-defaults",
                "--datadir=" + data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db"));
        command.addAll(Command.userOption());
        command.addAll(options());
        Command.run(command).orFail("initialising " + name);
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
