package io.mysqlproxy.core.limit;

import io.mysqlproxy.core.config.Allowance;
import io.mysqlproxy.script.Bytes;
import java.net.InetAddress;

/**
 * The clients of one plugin, as far as some of them are too many.
 *
 * @param users those that are logged in, by the name they go by
 * @param addresses those that are connected, by where they come from; unix sockets come from nowhere
 */
public record Crowd(Quota<Bytes> users, Quota<InetAddress> addresses) {
    /** Nobody yet. */
    public Crowd(Allowance allowance) {
        this(new Quota<>(allowance.userConnections()), new Quota<>(allowance.addressConnections()));
    }
}
