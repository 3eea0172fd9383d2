package io.mysqlproxy.launcher.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two libraries that MySQL wants from the system: libaio and libnuma. A server that may not use native asynchronous I/O does
 * not need what is in them, only that they load, so a stand-in does where the system has none.
 */
final class NativeLibraries {
    private static final Pattern MISSING = Pattern.compile("error while loading shared libraries: (lib\\w+)\\.so\\.1:");
    private static final List<String> REPLACEABLE = List.of("libaio", "libnuma");

    /** Debian 13 has libaio under another name: on 64 bits it is the same library. */
    private static final String RENAMED = "/usr/lib/x86_64-linux-gnu/%s.so.1t64";

    /** Adds to an unpacked server what the system lacks. */
    static void complete(Path tree) {
        for (int i = 0; i <= REPLACEABLE.size(); i++) {
            Optional<String> missing = missing(tree);
            if (missing.isEmpty()) {
                return;
            }
            try {
                provide(missing.get(), tree.resolve("lib/private"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Optional<String> missing(Path tree) {
        Command.Outcome outcome =
                Command.run(List.of(tree.resolve("bin/mysqld").toString(), "--no-defaults", "--version"));
        Matcher matcher = MISSING.matcher(outcome.output());
        if (matcher.find()) {
            return Optional.of(matcher.group(1));
        }
        outcome.orFail("mysqld --version");
        return Optional.empty();
    }

    private static void provide(String library, Path directory) throws IOException {
        Path target = directory.resolve(library + ".so.1");
        Path renamed = Path.of(String.format(RENAMED, library));
        Optional<Path> compiler = Command.find("gcc", "cc");
        if (Files.exists(renamed)) {
            link(target, renamed);
        } else if (REPLACEABLE.contains(library) && compiler.isPresent()) {
            build(compiler.get(), library, target);
        } else {
            throw new ServerException("the embedded MySQL needs " + library
                    + ".so.1, which is not here: install Debian's packages libaio1 and libnuma1");
        }
    }

    private static void link(Path target, Path renamed) throws IOException {
        try {
            Files.createSymbolicLink(target, renamed);
        } catch (FileAlreadyExistsException someoneWasFaster) {
            // theirs is the same
        }
    }

    private static void build(Path compiler, String library, Path target) throws IOException {
        Path directory = Files.createTempDirectory("launcher-" + library);
        Path source = extract(library + ".c", directory);
        Path versions = extract(library + ".map", directory);
        Path built = target.resolveSibling(library + "." + UUID.randomUUID());
        try {
            Command.run(List.of(
                            compiler.toString(),
                            "-shared",
                            "-fPIC",
                            "-nostdlib",
                            "-Wl,-soname," + library + ".so.1",
                            "-Wl,--version-script=" + versions,
                            "-o",
                            built.toString(),
                            source.toString()))
                    .orFail("building a stand-in for " + library);
            Files.move(built, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Trees.delete(directory);
        }
    }

    private static Path extract(String resource, Path directory) throws IOException {
        Path file = directory.resolve(resource);
        try (InputStream in = NativeLibraries.class.getResourceAsStream(resource)) {
            Files.copy(in, file);
        }
        return file;
    }

    private NativeLibraries() {}
}
