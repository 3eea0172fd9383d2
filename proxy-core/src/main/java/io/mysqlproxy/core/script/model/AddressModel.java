package io.mysqlproxy.core.script.model;

import io.mysqlproxy.core.leg.Addresses;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** One end of a connection (lua-api.md 3.4, python-api.md 3.5). */
final class AddressModel {
    private static final int UNIX = 1;
    private static final int INET = 2;
    private static final int INET6 = 10;

    static final HostType<SocketAddress> TYPE = HostType.<SocketAddress>named("Address")
            .get("type", AddressModel::family)
            .get("name", AddressModel::name)
            .get("address", Addresses::host)
            .get("port", a -> a instanceof InetSocketAddress inet ? inet.getPort() : null);

    private AddressModel() {}

    static HostObject of(SocketAddress address) {
        return address == null ? null : TYPE.of(address);
    }

    static String name(SocketAddress address) {
        return Addresses.text(address);
    }

    private static Object family(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return UNIX;
        }
        return inet.getAddress() instanceof Inet6Address ? INET6 : INET;
    }
}
