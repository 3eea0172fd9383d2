package io.mysqlproxy.launcher.log;

import io.mysqlproxy.core.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that lines are appended to, and that is opened by its name again when it was moved away. */
final class LogFile implements Target {
    private final Path path;
    private FileChannel channel;

    /** @throws ConfigException if the file cannot be opened */
    LogFile(Path path) {
        this.path = path;
        try {
            this.channel = open(path);
        } catch (IOException e) {
            throw new ConfigException("can't open log-file '" + path + "': " + FileProblem.reason(e), e);
        }
    }

    /** Appends in one write, so that lines of several processes do not mix. */
    @Override
    public void write(LogLevel level, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Goes on in the file that now has the name; stays with the old one if that cannot be opened. */
    @Override
    public void reopen() throws IOException {
        FileChannel old = channel;
        channel = open(path);
        old.close();
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw----")));
    }
}
