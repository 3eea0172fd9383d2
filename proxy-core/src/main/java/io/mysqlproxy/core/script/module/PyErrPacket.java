package io.mysqlproxy.core.script.module;

import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.script.HostType;
import java.util.Map;

/** What Python's {@code mysql.proto.from_err_packet} gives: an object with attributes, where the others give a dict. */
final class PyErrPacket {
    private static final HostType<Map<String, Object>> TYPE = HostType.<Map<String, Object>>named("ErrPacket")
            .plain()
            .get("errmsg", packet -> packet.getOrDefault("errmsg", Bytes.EMPTY))
            .get("sqlstate", packet -> packet.get("sqlstate"))
            .get("errcode", packet -> packet.get("errcode"));

    private PyErrPacket() {}

    static HostObject of(Map<String, Object> packet) {
        return TYPE.of(packet);
    }
}
