package io.mysqlproxy.core.leg;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** How people write addresses. */
public final class Addresses {
    private Addresses() {}

    /** {@code 127.0.0.1:3306}, {@code [::1]:3306} in its short form, {@code /path}; empty for an unnamed or unknown one. */
    public static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return host(address);
        }
        boolean six = inet.getAddress() instanceof Inet6Address;
        return (six ? "[" + host(address) + "]" : host(address)) + ":" + inet.getPort();
    }

    /** The IP in its short form, as {@code ::1}; the path of a unix socket, which is empty for an unnamed client. */
    public static String host(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return address == null ? "" : address.toString();
        }
        String text = inet.getAddress().getHostAddress();
        return inet.getAddress() instanceof Inet6Address ? shortened(text) : text;
    }

    private static String shortened(String text) {
        int scope = text.indexOf('%');
        String bare = scope < 0 ? text : text.substring(0, scope);
        return bare.replaceFirst("(^|:)0(:0)+(:|$)", "::").replaceFirst(":::", "::");
    }
}
