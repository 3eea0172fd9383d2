package io.mysqlproxy.launcher.log;

import io.mysqlproxy.core.config.ConfigException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The system's log, by its socket: facility user, and the complete line as the message. */
final class Syslog implements Target {
    /** Where the system listens. */
    static final Path SOCKET = Path.of("/dev/log");

    private static final int FACILITY_USER = 1 << 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);
    private static final String INSTEAD =
            "; log to a file with --log-file, or to standard error for a service manager to collect";

    private final Path path;
    private final Socket socket;
    private final String identity = " mysql-proxy[" + ProcessHandle.current().pid() + "]: ";

    /** @throws ConfigException if there is no such log here */
    Syslog(Path path) {
        this.path = path;
        if (!Files.exists(path)) {
            throw new ConfigException("can't open syslog '" + path + "': No such file or directory" + INSTEAD);
        }
        if (!Epoll.isAvailable()) { // Java itself has no datagrams on unix sockets
            throw new ConfigException(
                    "can't open syslog '" + path + "': needs epoll, which does not load here" + INSTEAD);
        }
        socket = Socket.newSocketDomainDgram();
    }

    /** A syslog that is stopped or slow must not stop the proxy: what it does not take at once is refused. */
    @Override
    public void write(LogLevel level, ByteBuffer line) throws IOException {
        byte[] head = ("<" + (FACILITY_USER | severity(level)) + ">" + TIME.format(LocalDateTime.now()) + identity)
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer message = ByteBuffer.allocateDirect(head.length + line.remaining());
        message.put(head).put(line);
        int newline = message.get(message.position() - 1) == '\n' ? 1 : 0;
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        int sent = socket.sendToDomainSocket(message, 0, message.position() - newline, name);
        if (sent <= 0) {
            throw new IOException("syslog takes nothing");
        }
    }

    /** LOG_CRIT to LOG_DEBUG. */
    private static int severity(LogLevel level) {
        return level.ordinal() + 2;
    }
}
