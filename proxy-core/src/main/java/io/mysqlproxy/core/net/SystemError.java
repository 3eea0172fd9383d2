package io.mysqlproxy.core.net;

import io.mysqlproxy.core.backend.NoSocketException;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.Map;

/** What the system says of a socket that cannot be had, in its own words and with its number, whichever way of I/O tells it. */
final class SystemError {
    /** Linux's numbers; those that bind and connect can give. */
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("Operation not permitted", 1),
            Map.entry("No such file or directory", 2),
            Map.entry("Resource temporarily unavailable", 11),
            Map.entry("Permission denied", 13),
            Map.entry("Not a directory", 20),
            Map.entry("Invalid argument", 22),
            Map.entry("Too many open files in system", 23),
            Map.entry("Too many open files", 24),
            Map.entry("Read-only file system", 30),
            Map.entry("Address family not supported by protocol", 97),
            Map.entry("Address already in use", 98),
            Map.entry("Cannot assign requested address", 99),
            Map.entry("Network is unreachable", 101),
            Map.entry("Connection reset by peer", 104),
            Map.entry("Connection timed out", 110),
            Map.entry("Connection refused", 111),
            Map.entry("No route to host", 113));

    private SystemError() {}

    /** For example {@code Address already in use (98)}; the exception's own text where it is not the system that refuses. */
    static String reason(Throwable cause) {
        Throwable root = root(cause);
        String text = String.valueOf(root.getMessage());
        return NUMBERS.entrySet().stream()
                .filter(known -> text.contains(known.getKey()))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(known -> known.getKey() + " (" + known.getValue() + ")")
                .orElse(String.valueOf(cause.getMessage()));
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The same failure of a connect, with that text and without a path through the code: it is the other side's. */
    static Throwable ofConnect(Throwable cause, long timeoutMillis) {
        String reason = cause instanceof ConnectTimeoutException
                ? "no answer within " + timeoutMillis / 1000.0 + " s"
                : reason(cause);
        ConnectException plain =
                reason.startsWith("Too many open files") ? new NoSocketException(reason) : new ConnectException(reason);
        plain.initCause(cause);
        return plain;
    }
}
