package io.mysqlproxy.launcher.speed;

import io.mysqlproxy.core.leg.CloseReason;
import io.mysqlproxy.core.session.Plugin;
import io.mysqlproxy.core.session.Session;
import io.mysqlproxy.core.session.login.Connecting;
import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.ColumnType;
import io.mysqlproxy.wire.Packet;
import io.mysqlproxy.wire.ServerStatus;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.packet.ColumnDefinition;
import io.mysqlproxy.wire.packet.Eof;
import io.mysqlproxy.wire.packet.Greeting;
import io.mysqlproxy.wire.packet.HandshakeResponse;
import io.mysqlproxy.wire.packet.Ok;
import io.mysqlproxy.wire.packet.TextRow;
import io.mysqlproxy.wire.value.ConnectAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** A session, logged in, between a client and a server that take everything: what is left is the proxy's own work. */
final class Conversation implements AutoCloseable {
    /** What one read of a socket brings, at most. */
    private static final int READ = 64 * 1024;

    private static final Capabilities FLAGS = new Capabilities(Capabilities.LONG_PASSWORD
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH);

    private static final int UTF8 = 45;

    private final SilentPeer client = new SilentPeer();
    private final SilentPeer server = new SilentPeer();
    private final Session session;

    Conversation(Plugin plugin) {
        session = new Session(1, plugin, (backend, outcome) -> outcome.connected(server), client);
        session.start(new Connecting());
        ByteString scramble = ByteString.of("abcdefghijklmnopqrst");
        fromServer(framed(
                0,
                out -> new Greeting("10.11.0", 7, scramble, FLAGS, UTF8, ServerStatus.AUTOCOMMIT, NativePassword.NAME)
                        .write(out)));
        fromClient(framed(
                1,
                out -> new HandshakeResponse(
                                FLAGS,
                                1 << 24,
                                UTF8,
                                ByteString.of("bench"),
                                scramble,
                                ByteString.EMPTY,
                                NativePassword.NAME,
                                ConnectAttributes.NONE,
                                0)
                        .write(out, FLAGS)));
        fromServer(framed(2, out -> new Ok(0, 0, ServerStatus.AUTOCOMMIT, 0).write(out, FLAGS)));
        if (client.taken() == 0 || server.taken() == 0) {
            throw new IllegalStateException("nobody is logged in");
        }
    }

    /** A command, as it travels. */
    static byte[] query(String text) {
        return framed(0, out -> out.writeByte(3).writeCharSequence(text, StandardCharsets.US_ASCII));
    }

    /** A result of one column, as it travels. */
    static byte[] result(int rows, int width) {
        ByteBuf all = Unpooled.buffer();
        int sequence = 1;
        all.writeBytes(framed(sequence++, out -> out.writeByte(1)));
        all.writeBytes(framed(
                sequence++,
                out -> ColumnDefinition.of(ByteString.of("c"), ColumnType.STRING)
                        .write(out)));
        all.writeBytes(framed(sequence++, out -> new Eof(0, ServerStatus.AUTOCOMMIT).write(out)));
        ByteString cell = ByteString.of("x".repeat(width));
        for (int i = 0; i < rows; i++) {
            all.writeBytes(framed(sequence++, out -> new TextRow(List.of(cell)).write(out)));
        }
        all.writeBytes(framed(sequence, out -> new Eof(0, ServerStatus.AUTOCOMMIT).write(out)));
        return bytes(all);
    }

    private static byte[] framed(int sequence, Consumer<ByteBuf> packet) {
        ByteBuf payload = Unpooled.buffer();
        packet.accept(payload);
        ByteBuf all = Unpooled.buffer();
        Packet.write(ByteBufAllocator.DEFAULT, payload, sequence & 0xFF, frame -> {
            all.writeBytes(frame);
            frame.release();
        });
        return bytes(all);
    }

    private static byte[] bytes(ByteBuf all) {
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes).release();
        return bytes;
    }

    /**
     * A command and its answer.
     *
     * @return how many bytes the client got
     */
    long exchange(byte[] query, byte[] answer) {
        fromClient(query);
        if (server.taken() > 0) {
            fromServer(answer);
        }
        return client.taken();
    }

    private void fromClient(byte[] bytes) {
        session.fromClient(buffer(bytes, 0, bytes.length));
        session.received();
    }

    private void fromServer(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += READ) {
            session.slot().fromServer(server, buffer(bytes, at, Math.min(READ, bytes.length - at)));
            session.slot().received(server);
        }
    }

    private static ByteBuf buffer(byte[] bytes, int at, int length) {
        return ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(bytes, at, length);
    }

    @Override
    public void close() {
        session.end(CloseReason.CLIENT_LEFT);
    }
}
