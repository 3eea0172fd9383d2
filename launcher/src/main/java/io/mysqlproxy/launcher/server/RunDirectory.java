package io.mysqlproxy.launcher.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one running server. A lock beside it says that its owner lives; directories without an owner, left behind by a
 * JVM that was killed, are swept away with their servers when the next one is made.
 */
final class RunDirectory implements AutoCloseable {
    private static final String LOCK = ".lock";

    /** Never opened a second time: closing any channel of a file ends all locks that this process has on it. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path lockFile;
    private final FileChannel lock;
    private final Path path;

    private RunDirectory(Path lockFile, FileChannel lock) throws IOException {
        this.lockFile = lockFile;
        this.lock = lock;
        this.path = directory(lockFile);
        Files.createDirectory(path);
    }

    /** A new directory below the one given. */
    static RunDirectory create(Path running) {
        try {
            Files.createDirectories(running);
            sweep(running);
            Path lockFile = running.resolve(UUID.randomUUID().toString().substring(0, 8) + LOCK);
            OURS.add(lockFile);
            FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            return new RunDirectory(lockFile, lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server's files are to be. */
    Path path() {
        return path;
    }

    /** Deletes everything. The server must be gone. */
    @Override
    public void close() throws IOException {
        try (lock) {
            Trees.delete(path);
            Files.deleteIfExists(lockFile);
        }
        OURS.remove(lockFile);
    }

    private static void sweep(Path running) throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.list(running)) {
            locks = files.filter(file -> file.toString().endsWith(LOCK) && !OURS.contains(file))
                    .collect(Collectors.toList());
        }
        for (Path lockFile : locks) {
            sweepOne(lockFile);
        }
    }

    private static void sweepOne(Path lockFile) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // a lock without a directory may belong to someone who is about to lock it
            if (lock != null && Files.isDirectory(directory(lockFile))) {
                ServerProcess.killLeftOver(directory(lockFile));
                Trees.delete(directory(lockFile));
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException inUse) {
            // somebody else's, or somebody else sweeps it
        }
    }

    private static Path directory(Path lockFile) {
        String name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }
}
