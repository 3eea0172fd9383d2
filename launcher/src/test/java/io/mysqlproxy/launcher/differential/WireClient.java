package io.mysqlproxy.launcher.differential;

import io.mysqlproxy.launcher.server.Account;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that negotiates what it is told to and shows every physical packet it gets. It decides by itself where a response
 * ends, and shares nothing with the proxy that could be wrong in both.
 */
final class WireClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int UTF8MB4 = 45;
    private static final int AUTH_SWITCH = 0xFE;

    /** What every client of the last decade asks for, and what a proxy lets through. */
    static final long COMMON = Capabilities.LONG_PASSWORD
            | Capabilities.LONG_FLAG
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.LOCAL_FILES
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.MULTI_RESULTS
            | Capabilities.PS_MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS
            | Capabilities.PLUGIN_AUTH_LENENC;

    private final Socket socket;
    private final DataInputStream in;
    private Capabilities negotiated = Capabilities.NONE;
    private int sequence;

    private WireClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    /** Logs in by native password; the last packet of the login is the transcript's first line. */
    static WireClient login(int port, Account account, String database, long flags, Transcript transcript)
            throws IOException {
        WireClient client = new WireClient(new Socket(InetAddress.getLoopbackAddress(), port));
        Greeting greeting = Greeting.read(Unpooled.wrappedBuffer(client.read()));
        byte[] password = account.password().getBytes(StandardCharsets.UTF_8);
        client.negotiated = new Capabilities(flags).and(greeting.capabilities());
        ByteBuf login = Unpooled.buffer();
        new HandshakeResponse(
                        client.negotiated,
                        1 << 30,
                        UTF8MB4,
                        ByteString.of(account.user()),
                        NativePassword.scramble(password, greeting.scramble()),
                        ByteString.of(database),
                        NativePassword.NAME,
                        ConnectAttributes.NONE,
                        0)
                .write(login, greeting.capabilities());
        client.send(bytes(login));
        byte[] answer = client.read();
        if ((answer[0] & 0xFF) == AUTH_SWITCH) {
            int nonce = NativePassword.NAME.length() + 2;
            ByteString scramble = ByteString.copyOf(Unpooled.wrappedBuffer(answer, nonce, answer.length - nonce - 1));
            client.send(NativePassword.scramble(password, scramble).bytes());
            answer = client.read();
        }
        transcript.packet(client.sequence, answer);
        return client;
    }

    Capabilities negotiated() {
        return negotiated;
    }

    /** Begins a command. */
    void command(byte[] payload) throws IOException {
        sequence = -1;
        send(payload);
    }

    /** Sends the next packet of an exchange, in as many physical packets as it takes. */
    void send(byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 64);
        int from = 0;
        int length;
        do {
            length = Math.min(Packet.MAX_PAYLOAD, payload.length - from);
            sequence = sequence + 1 & 0xFF;
            out.writeBytes(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) sequence});
            out.write(payload, from, length);
            from += length;
        } while (length == Packet.MAX_PAYLOAD);
        socket.getOutputStream().write(out.toByteArray());
    }

    /** The next physical packet's payload. */
    byte[] read() throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        sequence = in.readUnsignedByte();
        return in.readNBytes(length);
    }

    /** The sequence id of the packet read or sent last. */
    int sequence() {
        return sequence;
    }

    static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
