package io.mysqlproxy.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mysqlproxy.core.Frames;
import io.mysqlproxy.core.config.Address;
import io.mysqlproxy.core.config.ConfigException;
import io.mysqlproxy.core.hook.Decision;
import io.mysqlproxy.core.hook.Hooks;
import io.mysqlproxy.core.session.Dialogue;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Clients and backends on unix sockets. */
@EnabledOnOs(OS.LINUX)
class UnixSocketTest extends ProxyFixture {
    @TempDir
    Path folder;

    private Address path(String name) {
        return Address.parse(folder.resolve(name).toString());
    }

    @Test
    void bothSidesCanBeUnixSockets() throws IOException {
        if (transport == Transport.NIO) {
            assertThatThrownBy(() -> transport.resolve(path("x")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("unix sockets need epoll");
            return;
        }
        AtomicReference<SocketAddress> remote = new AtomicReference<>();
        hooks = s -> new Hooks() {
            @Override
            public Decision connectServer() {
                remote.set(s.client().peer().remote());
                return Decision.PROCEED;
            }
        };
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path("server").text()));
            bind(path("proxy"));
            serve(path("server").text());
            try (SocketChannel client = SocketChannel.open(
                            UnixDomainSocketAddress.of(path("proxy").text()));
                    SocketChannel accepted = server.accept()) {
                accepted.write(ByteBuffer.wrap(Frames.join(Frames.of(Dialogue.GREETING))));
                expect(client, Dialogue.GREETING_SHOWN);
                client.write(ByteBuffer.wrap(Frames.join(Frames.of(Dialogue.LOGIN))));
                expect(accepted, Dialogue.LOGIN);
                assertThat(remote.get()).hasToString("");
            }
        }
    }

    private static void expect(SocketChannel channel, String frames) throws IOException {
        byte[] expected = Frames.join(Frames.of(frames));
        ByteBuffer got = ByteBuffer.allocate(expected.length);
        while (got.hasRemaining() && channel.read(got) >= 0) {}
        assertThat(Frames.show(got.array())).isEqualTo(Frames.show(expected));
    }

    private void assertCannotBeTaken(Address address) {
        assertThatThrownBy(() -> new Listener(transport, loops, timeouts).bind(address))
                .isInstanceOf(ConfigException.class)
                .hasMessage("bind(" + address.text() + ") failed: Address already in use (98)");
    }

    @Test
    void aSocketThatIsServedCannotBeTaken() {
        assumeTrue(transport == Transport.EPOLL);
        bind(path("proxy"));
        assertCannotBeTaken(path("proxy"));
        listener.close();
        bind(path("proxy"));
    }

    @Test
    void aSocketThatNobodyServesIsReplaced() throws IOException {
        assumeTrue(transport == Transport.EPOLL);
        try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(path("proxy").text()));
        }
        assertThat(folder.resolve("proxy")).exists();
        bind(path("proxy"));
        listener.close();
        assertThat(folder.resolve("proxy")).doesNotExist();
    }

    @Test
    void whatIsNoSocketIsLeftAlone() throws IOException {
        assumeTrue(transport == Transport.EPOLL);
        Files.writeString(folder.resolve("letter"), "dear reader");
        assertCannotBeTaken(path("letter"));
        assertCannotBeTaken(path("."));
        assertThat(folder.resolve("letter")).hasContent("dear reader");
    }
}
