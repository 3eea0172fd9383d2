package io.mysqlproxy.core.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** The file of a unix socket on which nobody accepts any more: it would keep the address taken for good. */
final class StaleSocket {
    private StaleSocket() {}

    /** Removes it; anything that is no socket, or that someone serves, stays, and binding says that it is in use. */
    static void remove(Path path) {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isOther() && !isServed(path)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // nothing there, or not ours to judge: binding will tell
        }
    }

    private static boolean isServed(Path path) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (java.net.ConnectException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
