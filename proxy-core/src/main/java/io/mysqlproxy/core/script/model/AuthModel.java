package io.mysqlproxy.core.script.model;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;

/** The argument of {@code read_auth_result} (lua-api.md 2.4, python-api.md 3.9). */
public final class AuthModel {
    static final HostType<Bytes> TYPE =
            HostType.<Bytes>named("Auth").get("packet", packet -> packet).plain();

    private AuthModel() {}

    /** @param packet payload of the server's packet */
    public static HostObject of(Bytes packet) {
        return TYPE.of(packet);
    }
}
