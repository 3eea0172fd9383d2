package io.mysqlproxy.launcher.server;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A folder of directories that are expensive to make. Safe for several processes at once: a directory has its name only when it
 * is complete, and whoever is second throws its own away.
 */
final class ServerCache {
    private final Path root;

    ServerCache(Path root) {
        this.root = root;
    }

    /** The user's cache folder, or one for this user below the folder for temporary files. */
    static ServerCache ofUser() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured == null || configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        Path preferred = caches.resolve("mysql-proxy");
        try {
            Files.createDirectories(preferred);
            if (Files.isWritable(preferred)) {
                return new ServerCache(preferred);
            }
        } catch (IOException notThere) {
            // a read-only home is no reason to fail
        }
        String user = System.getProperty("user.name");
        return new ServerCache(Path.of(System.getProperty("java.io.tmpdir"), "mysql-proxy-cache-" + user));
    }

    /** Where running servers keep their data. */
    Path running() {
        return root.resolve("running");
    }

    /** Makes a directory's contents. */
    @FunctionalInterface
    interface Maker {
        /** @param empty where to */
        void make(Path empty) throws IOException;
    }

    /** The directory of this name, made now if it is not there. */
    Path directory(String name, Maker maker) {
        Path complete = root.resolve(name);
        if (Files.isDirectory(complete)) {
            return complete;
        }
        try {
            Path incomplete = Files.createDirectories(root.resolve(name + "." + UUID.randomUUID()));
            try {
                maker.make(incomplete);
                publish(incomplete, complete);
            } finally {
                Trees.delete(incomplete);
            }
            return complete;
        } catch (IOException e) {
            throw new ServerException("cannot make " + complete + ": " + e, e);
        }
    }

    private static void publish(Path incomplete, Path complete) throws IOException {
        try {
            Files.move(incomplete, complete, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // if someone was faster, theirs is as good
            if (!Files.isDirectory(complete)) {
                throw e;
            }
        }
    }
}
