package io.mysqlproxy.core.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** The file at the path of a unix socket. Binding removes it whatever it is, so it has to be looked at before. */
final class StaleSocket {
    private StaleSocket() {}

    /** Whether there is a file that must not be removed: a socket that someone serves, or no socket at all. */
    static boolean isTaken(Path path) {
        try {
            return !Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .isOther()
                    || isServed(path);
        } catch (IOException e) {
            return false; // there is none, or binding will say what is wrong
        }
    }

    private static boolean isServed(Path path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            return false;
        }
    }
}
