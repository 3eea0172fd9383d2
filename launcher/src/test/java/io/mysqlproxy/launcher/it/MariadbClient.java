package io.mysqlproxy.launcher.it;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mysqlproxy.launcher.server.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line client {@code mariadb}. */
final class MariadbClient {
    private static final String NAME = "mariadb";
    private static final int END_SECONDS = 30;

    /**
     * How it ended.
     *
     * @param status 0 for success
     * @param output what it printed, to standard error too
     */
    record Outcome(int status, String output) {}

    /** Skips the test where there is no such client; but not in CI, where nobody would notice. */
    static void require() {
        boolean found = Stream.of(System.getenv("PATH").split(":")).anyMatch(d -> Files.isExecutable(Path.of(d, NAME)));
        if (System.getenv("CI") == null) {
            assumeTrue(found, "there is no mariadb client here: Debian's package mariadb-client has it");
        }
        assertTrue(found, "there is no mariadb client in PATH");
    }

    /** Runs statements in batch mode: cells are separated by tabs, after a line of column names. */
    static Outcome run(int port, Account account, String sql) throws IOException, InterruptedException {
        Process process = start(port, account, sql);
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(END_SECONDS, TimeUnit.SECONDS), "it does not end");
            return new Outcome(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts it; what it prints is for the caller to read. */
    static Process start(int port, Account account, String sql) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                NAME,
                "--no-defaults",
                "--skip-ssl",
                "--protocol=tcp",
                "--host=127.0.0.1",
                "--port=" + port,
                "--user=" + account.user(),
                "--local-infile=1",
                "--default-character-set=utf8mb4",
                "--batch",
                "--quick",
                "--database=test",
                "--execute=" + sql));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MYSQL_PWD", account.password());
        return builder.start();
    }

    private MariadbClient() {}
}
