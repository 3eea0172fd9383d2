package io.mysqlproxy.samples;

import io.mysqlproxy.launcher.testing.TestProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A script in two languages, and what to run through it. */
record Sample(String name) {
    private static final Path FOLDER = TestProxy.repository().resolve("samples");

    static Stream<Sample> all() {
        return names("lua", ".lua").stream().map(Sample::new);
    }

    /** What is in a folder of the samples, without the endings. */
    static Set<String> names(String folder, String ending) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ending))
                    .map(file -> file.substring(0, file.length() - ending.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path lua() {
        return FOLDER.resolve("lua").resolve(name + ".lua");
    }

    Path python() {
        return FOLDER.resolve("python").resolve(name + ".py");
    }

    /** Statements, one on a line. */
    Path scenario() {
        return FOLDER.resolve("scenarios").resolve(name + ".txt");
    }

    /** What the client sees, and what the script prints. */
    Path expected() {
        return FOLDER.resolve("scenarios").resolve(name + ".expected");
    }

    @Override
    public String toString() {
        return name;
    }
}
