package io.mysqlproxy.launcher.protocol;

import io.mysqlproxy.launcher.server.Account;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command-line client of MariaDB. */
final class Cli {
    private Cli() {}

    /** What it says, errors included. */
    static String run(int port, Account account, String sql, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("timeout", "30", "mariadb", "--no-defaults"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--protocol=tcp",
                "--host=127.0.0.1",
                "--port=" + port,
                "--user=" + account.user(),
                "--password=" + account.password(),
                "--batch"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write((sql + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // it has not waited for its input: what it said tells why
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        return output;
    }
}
