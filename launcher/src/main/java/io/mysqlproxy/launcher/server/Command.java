package io.mysqlproxy.launcher.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that run to their end. */
final class Command {
    private static final int LIMIT_SECONDS = 120;

    /**
     * What a program left behind.
     *
     * @param status 0 for success
     * @param output standard output and standard error, as they came
     */
    record Outcome(int status, String output) {
        /** @throws ServerException with the output if the program failed */
        void orFail(String what) {
            if (status != 0) {
                throw new ServerException(what + " failed with status " + status + ": " + output.strip());
            }
        }
    }

    /** Runs a program without input. */
    static Outcome run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .start();
            try {
                return outcome(process);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new ServerException("cannot run " + command.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while running " + command.get(0), e);
        }
    }

    private static Outcome outcome(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("it does not end");
        }
        return new Outcome(process.exitValue(), output);
    }

    /** The first of these programs found in PATH or where Debian keeps servers. */
    static Optional<Path> find(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/usr/bin";
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(":"))
                        .filter(directory -> !directory.isEmpty())
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Servers refuse to run as root unless told so. */
    static List<String> userOption() {
        return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
    }

    private Command() {}
}
