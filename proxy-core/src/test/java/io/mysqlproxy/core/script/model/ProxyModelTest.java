package io.mysqlproxy.core.script.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mysqlproxy.core.backend.Backend;
import io.mysqlproxy.core.backend.BackendType;
import io.mysqlproxy.core.backend.Backends;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.leg.Login;
import io.mysqlproxy.core.query.Clock;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.RecordingPeer;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.core.session.login.Connecting;
import io.mysqlproxy.script.Bytes;
import io.mysqlproxy.script.HostException;
import io.mysqlproxy.script.HostObject;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code proxy}, its connection, sockets, backends and queue: lua-api.md 1.3, 3.2 to 3.7. */
class ProxyModelTest {
    private static final String LUA = "lua";
    private static final String PYTHON = "python";

    private final Backends backends =
            new Backends(List.of(backend(3306, BackendType.RW), backend(3307, BackendType.RO)), () -> 0);
    private final Session session = new Session(
            1,
            new Plugin("proxy", backends, false, Clock.OFF, 1 << 20, s -> Hooks.NONE),
            (backend, outcome) -> outcome.connected(peer("10.0.0.1", 3306)),
            peer("192.0.2.7", 51000));
    private final Look proxy = new Look(ProxyModel.of(session, backends));
    private final Look connection = proxy.at("connection");

    @BeforeEach
    void aHookRuns() {
        session.queue().hookRuns(true);
    }

    @Test
    void betweenHooksNothingCanBeChanged() {
        session.queue().hookRuns(false);
        assertThatThrownBy(() -> connection.set("backend_ndx", 0L)).isInstanceOf(HostException.class);
        assertThatThrownBy(() -> connection.set("connection_close", true)).isInstanceOf(HostException.class);
        assertThatThrownBy(() -> proxy.at("queries").call("reset")).isInstanceOf(HostException.class);
    }

    private static Backend backend(int port, BackendType type) {
        return new Backend(
                new Address("db:" + port, "db", port), new InetSocketAddress("10.0.0.1", port), type, () -> 0);
    }

    private static RecordingPeer peer(String host, int port) {
        return new RecordingPeer(UnpooledByteBufAllocator.DEFAULT, new InetSocketAddress(host, port));
    }

    @Test
    void whatThereIs() {
        assertThat(proxy.names(LUA))
                .containsExactlyInAnyOrder("connection", "queries", "servers", "response", "global");
        assertThat(proxy.names(PYTHON))
                .containsExactlyInAnyOrder("connection", "queries", "servers", "backends", "response", "globals");
        assertThat(connection.names(LUA))
                .containsExactlyInAnyOrder(
                        "client",
                        "server",
                        "backend_ndx",
                        "connection_close",
                        "default_db",
                        "thread_id",
                        "mysqld_version");
        assertThat(connection.names(PYTHON))
                .containsExactlyInAnyOrder("client", "server", "backend_ndx", "connection_close");
        assertThat(connection.at("client").names(PYTHON))
                .contains(
                        "src",
                        "dst",
                        "default_db",
                        "username",
                        "scrambled_password",
                        "auth_plugin_name",
                        "mysqld_version",
                        "thread_id",
                        "scramble_buffer")
                .doesNotContain("address");
        assertThat(connection.at("client").names(LUA)).contains("address");
    }

    @Test
    void theGlobalStoreHoldsTheBackendsAndConfig() {
        for (Look global : new Look[] {proxy.store("global"), proxy.store("globals")}) {
            assertThat(global.names(LUA)).contains("backends", "config");
            assertThat(global.at("backends").object()).isEqualTo(proxy.get("servers"));
            assertThat(global.object().type().isOpen()).isTrue();
        }
    }

    @Test
    void scriptsMayAddToProxyButNotToItsParts() {
        assertThat(proxy.object().type().isOpen()).isTrue();
        assertThat(connection.object().type().isOpen()).isFalse();
        assertThat(connection.at("client").object().type().isOpen()).isFalse();
    }

    @Test
    void twoLooksAtTheSameThingAreEqual() {
        assertThat(proxy.get("connection")).isEqualTo(proxy.get("connection"));
        assertThat(connection.get("client")).isEqualTo(connection.get("client"));
        assertThat(proxy.get("queries")).isEqualTo(proxy.get("queries"));
        assertThat(proxy.at("servers").item(0)).isEqualTo(proxy.at("servers").item(0));
    }

    @Test
    void withoutASessionThereIsNoConnection() {
        Look outside = new Look(ProxyModel.outside(backends, null));
        assertThat(outside.get("connection")).isNull();
        assertThat(outside.at("servers").size()).isEqualTo(2);
        assertThatThrownBy(() -> outside.get("queries"))
                .isInstanceOf(HostException.Absent.class)
                .hasMessage("'Proxy' object has no attribute 'queries'");
    }

    @Test
    void theServerIsNothingUntilThereIsOne() {
        assertThat(connection.get("server")).isNull();
        session.start(new Connecting());
        assertThat(connection.at("server").at("dst").get("name")).isEqualTo("10.0.0.1:3306");
        assertThat(connection.at("server").at("src").get("name")).isEqualTo("127.0.0.1:4040");
        assertThat(connection.at("client").at("src").get("name")).isEqualTo("192.0.2.7:51000");
        assertThat(connection.at("client").at("dst").get("name")).isEqualTo("127.0.0.1:4040");
        assertThat(backends.get(0).clients()).isEqualTo(1);
    }

    @Test
    void theBackendIndex() {
        assertThat(connection.get("backend_ndx")).isEqualTo(-1); // the language adds what it adds
        connection.set("backend_ndx", 1L);
        assertThat(connection.get("backend_ndx")).isEqualTo(1);
        assertThat(session.backendIndex()).isEqualTo(1);
    }

    @Test
    void theWishToCloseIsWrittenAndNeverRead() {
        connection.set("connection_close", true);
        assertThat(connection.readable("connection_close")).isFalse();
        assertThat(connection.writable("connection_close")).isTrue();
        assertThat(connection.writable("client")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_db|proxy.connection.default_db is deprecated, use proxy.connection.client.default_db or proxy.connection.server.default_db instead",
                "thread_id|proxy.connection.thread_id is deprecated, use proxy.connection.server.thread_id instead",
                "mysqld_version|proxy.connection.mysqld_version is deprecated, use proxy.connection.server.mysqld_version instead",
            })
    void membersOfOldVersions(String name, String text) {
        assertThatThrownBy(() -> connection.get(name))
                .isInstanceOf(HostException.class)
                .hasMessage(text);
    }

    @Test
    void theAddressOfOldVersions() {
        assertThatThrownBy(() -> connection.at("client").get("address"))
                .isInstanceOf(HostException.class)
                .hasMessage(".address is deprecated. Use .src.name or .dst.name instead");
    }

    @Test
    void aSocketBeforeAnyoneSpoke() {
        Look client = connection.at("client");
        assertThat(client.get("default_db")).isEqualTo(Bytes.EMPTY);
        for (String name : List.of(
                "username",
                "scrambled_password",
                "auth_plugin_name",
                "mysqld_version",
                "thread_id",
                "scramble_buffer")) {
            assertThatThrownBy(() -> client.get(name)).as(name).isInstanceOf(HostException.Unavailable.class);
        }
    }

    @Test
    void aSocketAfterGreetingAndLogin() {
        Look client = connection.at("client");
        ByteString scramble = ByteString.of("abcdefghijklmnopqrst\0");
        session.client()
                .greeting(
                        new Greeting("26.10.0-x", 42, scramble, Capabilities.RELAYED, 255, 2, "caching_sha2_password"));
        assertThat(client.get("mysqld_version")).isEqualTo(261000);
        assertThat(client.get("thread_id")).isEqualTo(42L);
        assertThat(client.get("scramble_buffer")).isEqualTo(Bytes.latin1("abcdefghijklmnopqrst\0"));
        assertThat(client.get("auth_plugin_name")).isEqualTo("caching_sha2_password");
        session.client()
                .login(new Login(
                        Bytes.latin1("bob"),
                        Bytes.latin1("\0\1"),
                        Bytes.latin1("mysql_native_password"),
                        33,
                        ConnectAttributes.NONE.with("program_name", "shop"),
                        0));
        assertThat(client.get("connect_attrs")).isEqualTo(Map.of(Bytes.latin1("program_name"), Bytes.latin1("shop")));
        session.client().defaultDb(Bytes.latin1("shop"));
        assertThat(client.get("username")).isEqualTo(Bytes.latin1("bob"));
        assertThat(client.get("scrambled_password")).isEqualTo(Bytes.latin1("\0\1"));
        assertThat(client.get("auth_plugin_name")).isEqualTo(Bytes.latin1("mysql_native_password"));
        assertThat(client.get("default_db")).isEqualTo(Bytes.latin1("shop"));
    }

    @Test
    void aBackend() {
        Look servers = proxy.at("servers");
        assertThat(servers.size()).isEqualTo(2);
        Look first = servers.item(0);
        assertThat(first.names(LUA)).contains("dst", "address", "state", "type", "uuid", "connected_clients");
        assertThat(first.get("type")).isEqualTo(1);
        assertThat(servers.item(1).get("type")).isEqualTo(2);
        assertThat(first.at("dst").get("port")).isEqualTo(3306);
        assertThat(first.get("address")).isEqualTo("10.0.0.1:3306");
        assertThat(first.get("state")).isEqualTo(0);
        first.set("state", 9L);
        assertThat(first.get("state")).isEqualTo(9);
        assertThat(first.get("uuid")).isNull();
        first.set("uuid", Bytes.latin1("id"));
        assertThat(first.get("uuid")).isEqualTo(Bytes.latin1("id"));
        backends.get(0).attach();
        assertThat(first.get("connected_clients")).isEqualTo(1);
        assertThat(first.writable("type")).isFalse();
        assertThat(first.object().type().path()).isEqualTo("proxy.global.backends[...]");
    }

    @Test
    void theQueue() {
        Look queries = proxy.at("queries");
        assertThat(queries.names(LUA)).containsExactlyInAnyOrder("append", "prepend", "reset", "len");
        queries.call("append", 1L, Bytes.latin1("a"), null, null);
        queries.call("append", 0x1_0000_0002L, Bytes.latin1("b"), true, null);
        queries.call("prepend", -3L, Bytes.latin1("c"), false, null);
        assertThat(queries.size()).isEqualTo(3);
        assertThat(queries.call("len")).isEqualTo(3);
        assertThat(session.queue().poll()).matches(i -> i.id() == -3 && !i.buffered());
        assertThat(session.queue().poll()).matches(i -> i.id() == 1 && !i.buffered());
        assertThat(session.queue().poll())
                .matches(i -> i.id() == 2 && i.buffered() && i.query().equals(Bytes.latin1("b")));
        queries.call("append", 1L, Bytes.latin1("a"), null, null);
        queries.call("reset");
        assertThat(queries.size()).isZero();
    }

    @Test
    void anAuthPacketIsAMereRecord() {
        HostObject auth = AuthModel.of(Bytes.latin1("\0"));
        assertThat(auth.type().isPlain()).isTrue();
        assertThat(new Look(auth).names(LUA)).containsExactly("packet");
        assertThat(new Look(auth).get("packet")).isEqualTo(Bytes.latin1("\0"));
    }
}
