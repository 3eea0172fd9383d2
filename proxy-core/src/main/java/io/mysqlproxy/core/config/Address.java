package io.mysqlproxy.core.config;

import java.nio.charset.StandardCharsets;

/**
 * A place to listen on or to connect to, as the user wrote it (launcher-and-admin.md 1.2).
 *
 * <p>Forms: {@code host:port}, {@code :port} (all IPv4 interfaces), {@code host} (port 3306), {@code [v6]:port}, {@code /path}
 * (unix socket). Host names are not resolved here.
 *
 * @param text what was written
 * @param host name or number without brackets; null for a unix socket
 * @param port 1 to 65535, 0 for "any free port" when listening; 0 for a unix socket
 */
public record Address(String text, String host, int port) {
    /** The port of an address that names none. */
    public static final int DEFAULT_PORT = 3306;

    /** Linux: the path of a unix socket and its NUL fit in 108 bytes. */
    private static final int UNIX_PATH_LIMIT = 107;

    /**
     * Reads an address.
     *
     * @throws ConfigException naming the text and the form that was expected
     */
    public static Address parse(String text) {
        if (text.startsWith("/")) {
            return unix(text);
        }
        if (text.startsWith("[")) {
            return bracketed(text);
        }
        if (text.isEmpty()) {
            throw new ConfigException(form(text) + " Nothing is given");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Address(text, text, DEFAULT_PORT);
        }
        String host = colon == 0 ? "0.0.0.0" : text.substring(0, colon);
        return new Address(text, host, port(text, text.substring(colon + 1)));
    }

    /** Whether this is a path in the file system. */
    public boolean isUnix() {
        return host == null;
    }

    private static Address unix(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length >= UNIX_PATH_LIMIT) {
            throw new ConfigException("unix-path is too long: " + text);
        }
        return new Address(text, null, 0);
    }

    private static Address bracketed(String text) {
        int end = text.indexOf(']');
        if (end < 0) {
            throw new ConfigException(form(text) + " No closing bracket");
        }
        String host = text.substring(1, end);
        String rest = text.substring(end + 1);
        if (rest.isEmpty()) {
            return new Address(text, host, DEFAULT_PORT);
        }
        if (!rest.startsWith(":")) {
            throw new ConfigException(form(text) + " Failed to parse the port at '" + rest + "'");
        }
        return new Address(text, host, port(text, rest.substring(1)));
    }

    private static int port(String text, String digits) {
        if (digits.isEmpty()) {
            throw new ConfigException(form(text) + " No port number");
        }
        int end = 0;
        while (end < digits.length() && Character.digit(digits.charAt(end), 10) >= 0) {
            end++;
        }
        if (end < digits.length()) {
            throw new ConfigException(form(text) + " Failed to parse the port at '" + digits.substring(end) + "'");
        }
        long port = end > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (port > 65535) {
            throw new ConfigException("illegal value " + digits + " for port, only 1 ... 65535 allowed");
        }
        return (int) port;
    }

    private static String form(String text) {
        return "IP-address has to be in the form [<ip>][:<port>], is '" + text + "'.";
    }
}
