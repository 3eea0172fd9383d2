package io.mysqlproxy.launcher.client;

import io.mysqlproxy.launcher.server.DatabaseServer;
import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the programs of clients. */
final class Programs {
    private static final int END_SECONDS = 120;

    private static final Path LAUNCHER = TestProxy.repository().resolve("launcher");
    private static final Path FOLDER = LAUNCHER.resolve("src/test/resources/clients");

    private final Path work;

    /** @param work for what programs leave behind */
    Programs(Path work) throws IOException {
        this.work = work;
        Files.writeString(work.resolve("rows.tsv"), "1\tone\n2\ttwo\n");
    }

    /** The jar of a driver, which {@code package} puts there. */
    static String driver(String name) {
        Path folder = LAUNCHER.resolve("target/client-drivers");
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(Path::toString)
                    .filter(jar -> jar.contains("/" + name + "."))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + name + " in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a client is installed. */
    boolean has(Client client) {
        try {
            Process process = start(client.probe, Map.of());
            process.getInputStream().readAllBytes();
            return process.waitFor(END_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has the conversation; what the program printed, and why it failed if it did. */
    List<String> converse(Client client, DatabaseServer server, int port, boolean tls)
            throws IOException, InterruptedException {
        Process process = start(
                client.command,
                Map.of(
                        "PORT", Integer.toString(port),
                        "TLS", tls ? "1" : "0",
                        "USER_NAME", server.account().user(),
                        "PASSWORD", server.account().password(),
                        "NATIVE_USER", server.nativeAccount().user(),
                        "NATIVE_PASSWORD", server.nativeAccount().password(),
                        "STATEMENTS", FOLDER.resolve("statements.sql").toString(),
                        "FILE", work.resolve("rows.tsv").toString(),
                        "WORK", work.toString(),
                        "DRIVER", client.driver));
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                output += "\nfailed: " + Files.readString(errors());
            }
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path errors() {
        return work.resolve("errors");
    }

    private Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(errors().toFile());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }
}
