package io.mysqlproxy.launcher.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mysqlproxy.wire.ByteString;
import io.mysqlproxy.wire.Capabilities;
import io.mysqlproxy.wire.auth.NativePassword;
import io.mysqlproxy.wire.packet.Err;
import io.mysqlproxy.wire.packet.Greeting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The login of the admin port, byte by byte. */
class AdminLoginIT {
    private static final int OLD_CLIENT =
            (int) (Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION | Capabilities.LONG_PASSWORD);

    private AdminServer admin;

    @BeforeEach
    void start() {
        admin = AdminServer.console().start();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    @Tag("A-39")
    @Tag("J-47")
    void theGreetingHasItsNameAndANewScrambleEachTime() throws Exception {
        Set<ByteString> scrambles = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (Wire wire = new Wire(admin.port("admin"))) {
                Greeting greeting = wire.greeting();
                assertThat(greeting.serverVersion()).isEqualTo("5.0.99-agent-admin");
                assertThat(greeting.threadId()).isEqualTo(1);
                assertThat(greeting.charset()).isEqualTo(8);
                assertThat(greeting.status()).isEqualTo(2);
                assertThat(greeting.authPlugin()).isEqualTo("caching_sha2_password");
                assertThat(greeting.capabilities().has(0x8201)).isTrue();
                scrambles.add(greeting.scramble());
            }
        }
        assertThat(scrambles).hasSize(20);
    }

    @Test
    @Tag("A-41")
    void clientsBefore41AreTurnedAway() throws Exception {
        try (Wire wire = new Wire(admin.port("admin"))) {
            wire.greeting();
            wire.send(1, Unpooled.buffer().writeShortLE(1).writeMediumLE(0).writeBytes("boss\0".getBytes()));
            ByteBuf answer = wire.read();
            assertThat(answer.readUnsignedByte()).isEqualTo((short) 0xFF);
            assertThat(answer.readUnsignedShortLE()).isEqualTo(2007);
            assertThat(answer.toString(StandardCharsets.US_ASCII)).isEqualTo("4.0 protocol is not supported");
            assertThat(wire.isClosed()).isTrue();
        }
    }

    @Test
    @Tag("A-40")
    void clientsWithoutPluginsLogInNatively() throws Exception {
        try (Wire wire = new Wire(admin.port("admin"))) {
            ByteString scramble = wire.greeting().scramble();
            wire.login("boss", NativePassword.scramble(AdminServer.PASSWORD.getBytes(), scramble));
            ByteBuf ok = wire.read();
            assertThat(ok.readUnsignedByte()).isZero();
            assertThat(ok.getUnsignedShortLE(ok.readerIndex() + 2)).isEqualTo(2);
        }
    }

    @Test
    @Tag("A-40")
    void aWrongOrEmptyAnswerWaitsAndEndsTheConnection() throws Exception {
        for (String password : new String[] {"wrong", ""}) {
            try (Wire wire = new Wire(admin.port("admin"))) {
                ByteString scramble = wire.greeting().scramble();
                long start = System.nanoTime();
                wire.login("boss", NativePassword.scramble(password.getBytes(), scramble));
                Err error = Err.read(wire.read());
                assertThat(error.code()).isEqualTo(1045);
                assertThat(error.sqlState()).isEqualTo("28000");
                assertThat(System.nanoTime() - start).isGreaterThan(900_000_000L);
                assertThat(wire.isClosed()).isTrue();
            }
        }
    }

    @Test
    void whatIsNoLoginGetsNoAnswer() throws Exception {
        try (Wire wire = new Wire(admin.port("admin"))) {
            wire.greeting();
            wire.send(1, Unpooled.buffer().writeIntLE(OLD_CLIENT).writeByte(1));
            assertThat(wire.isClosed()).isTrue();
        }
    }

    /** A client of sockets. */
    private static final class Wire implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;

        Wire(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            in = new DataInputStream(socket.getInputStream());
        }

        Greeting greeting() throws IOException {
            return Greeting.read(read());
        }

        ByteBuf read() throws IOException {
            int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
            in.readUnsignedByte();
            return Unpooled.wrappedBuffer(in.readNBytes(length));
        }

        void send(int sequence, ByteBuf payload) throws IOException {
            ByteBuf frame = Unpooled.buffer()
                    .writeMediumLE(payload.readableBytes())
                    .writeByte(sequence)
                    .writeBytes(payload);
            socket.getOutputStream().write(frame.array(), 0, frame.readableBytes());
        }

        void login(String user, ByteString answer) throws IOException {
            send(
                    1,
                    Unpooled.buffer()
                            .writeIntLE(OLD_CLIENT)
                            .writeIntLE(1 << 24)
                            .writeByte(8)
                            .writeZero(23)
                            .writeBytes((user + "\0").getBytes())
                            .writeByte(answer.length())
                            .writeBytes(answer.bytes()));
        }

        boolean isClosed() throws IOException {
            return in.read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
