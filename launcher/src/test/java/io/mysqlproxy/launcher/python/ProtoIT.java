package io.mysqlproxy.launcher.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.launcher.python.Packets.Packet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hooks with packets made, and taken apart, by {@code mysql.proto}. */
class ProtoIT {
    @Test
    @Tag("P-57")
    void anErrorTakenApart() {
        FakeBackend backend = new FakeBackend().answers("\3bad", Packets.error(1064, "42000", "no"));
        try (Rig rig = Rig.of(backend, """
                import mysql.proto as proto
                def read_query(proxy, packet):
                    proxy.queries.append(1, packet, True)
                    return proxy.PROXY_SEND_QUERY
                def read_query_result(proxy, inj):
                    res = inj.resultset
                    err = proto.from_err_packet(res.raw)
                    text = repr((res.query_status, err.errcode, err.sqlstate, err.errmsg))
                    proxy.response = {'type': 255, 'errmsg': text}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            assertThat(rig.login().error("bad")).isEqualTo("1105 07000 (255, 1064, '42000', 'no')");
        }
    }

    @Test
    @Tag("P-70")
    void aMockServer() {
        try (Rig rig = Rig.of("""
                import mysql.proto as proto
                def connect_server(proxy):
                    proxy.response = {'type': proxy.MYSQLD_PACKET_RAW, 'packets': [proto.to_challenge_packet({})]}
                    return proxy.PROXY_SEND_RESULT
                def read_query(proxy, packet):
                    proxy.response = {'type': proxy.MYSQLD_PACKET_ERR, 'errmsg': 'mock ' + packet[1:]}
                    return proxy.PROXY_SEND_RESULT
                """)) {
            RawClient client = rig.connect();
            Packet greeting = client.read();
            assertThat(greeting.sequence()).isZero();
            assertThat(greeting.text())
                    .isEqualTo("\n5.0.99\0\0\0\0\0" + "01234567\0\0\u0082" + "\0".repeat(16) + "890123456789\0");
            Packet okay = client.login("me", "");
            assertThat(okay.sequence()).isEqualTo(2);
            assertThat(okay.payload()).isEqualTo(Packets.ok(0, 0, 2, 0));
            assertThat(client.error("x")).isEqualTo("1105 07000 mock x");
            assertThat(rig.backend.connections()).isZero();
        }
    }

    @Test
    @Tag("P-71")
    void aLoginOfTheScript() {
        try (Rig rig = Rig.of("""
                import mysql.proto as proto
                def read_auth(proxy):
                    login = {'username': 'other', 'response': 'P' * 20, 'database': 'db', 'capabilities': 0xa20d,
                             'max_packet_size': 1 << 24, 'charset': 8}
                    proxy.queries.append(1, proto.to_response_packet(login))
                    return proxy.PROXY_SEND_QUERY
                """)) {
            RawClient client = rig.login();

            assertThat(client.cell("SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rig.backend.received.get(0))
                    .isEqualTo("L"
                            + new String(
                                    Packets.login("other", "P".repeat(20), "db"),
                                    java.nio.charset.StandardCharsets.ISO_8859_1));
        }
    }
}
