package io.mysqlproxy.launcher.protocol;

import io.mysqlproxy.launcher.testing.TestProxy;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/** Two raw peers that are logged in, the proxy between them. */
final class RawConversation implements AutoCloseable {
    static final Capabilities PLAIN = new Capabilities(Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.LONG_PASSWORD);
    static final Capabilities ATTRIBUTED = PLAIN.with(Capabilities.QUERY_ATTRIBUTES);

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final TestProxy proxy;
    final RawPeer client;
    final RawPeer server;

    /** What the proxy has said to the server as the client. */
    final HandshakeResponse login;

    /**
     * @param script what the proxy is to have besides
     * @param clientFlags what the client sets, whatever it is offered
     * @param serverFlags what the server offers
     */
    RawConversation(UnaryOperator<TestProxy.Builder> script, Capabilities clientFlags, Capabilities serverFlags)
            throws IOException {
        this(script, TestProxy::port, clientFlags, serverFlags, ConnectAttributes.NONE);
    }

    RawConversation(
            UnaryOperator<TestProxy.Builder> script,
            ToIntFunction<TestProxy> port,
            Capabilities clientFlags,
            Capabilities serverFlags,
            ConnectAttributes attributes)
            throws IOException {
        proxy = script.apply(new TestProxy.Builder().backend("127.0.0.1:" + listening.getLocalPort()))
                .start();
        client = RawPeer.connect(port.applyAsInt(proxy));
        server = new RawPeer(listening.accept());
        server.send(0, greeting(serverFlags));
        Capabilities offered = Greeting.read(client.read()).capabilities();
        client.send(1, login(clientFlags, offered, attributes));
        login = HandshakeResponse.read(server.read(), serverFlags);
        server.send(2, ok());
        client.read();
    }

    static ByteBuf login(Capabilities flags, Capabilities offered) {
        return login(flags, offered, ConnectAttributes.NONE);
    }

    private static ByteBuf login(Capabilities flags, Capabilities offered, ConnectAttributes attributes) {
        ByteBuf response = Unpooled.buffer();
        new HandshakeResponse(
                        flags,
                        1 << 24,
                        45,
                        ByteString.of("app"),
                        ByteString.EMPTY,
                        ByteString.EMPTY,
                        NativePassword.NAME,
                        attributes,
                        0)
                .write(response, offered);
        return response;
    }

    static ByteBuf ok() {
        return Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 2, 0, 0, 0});
    }

    static ByteBuf greeting(Capabilities flags) {
        ByteBuf out = Unpooled.buffer();
        new Greeting("8.0.31", 1, ByteString.of("abcdefghijklmnopqrst\0"), flags, 45, 2, NativePassword.NAME)
                .write(out);
        return out;
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        listening.close();
    }
}
